// What settings ask of a picture, as a table: no picture is needed to say it.

import Media
import PictureWorker
import Testing
@testable import UploadPipeline

@Suite struct PicturePlanTests {
    private static let photograph = MediaFacts(type: .jpeg, width: 320, height: 200)
    private static let turned = MediaFacts(type: .jpeg, width: 200, height: 320, orientation: 6)
    private static let drawing = MediaFacts(type: .png, width: 320, height: 200)
    private static let text = Mark.text(MarkInk(red: 1, green: 2, blue: 3, opacity: 4, size: 5)!, at: MarkPlace(9)!)

    private static func badge(_ width: Int, _ height: Int) -> Mark {
        .picture(PictureClaims(MediaFacts(type: .png, width: width, height: height))!, at: MarkPlace(9)!)
    }

    private func plan(_ facts: MediaFacts, _ wishes: PictureWishes, named name: String = "a.png", mark: Mark? = nil) -> PicturePlan? {
        PicturePlan(wishes, for: facts, named: ClientName(name), mark: mark)
    }

    @Test func ordinaryPictureStays() {
        for facts in [Self.photograph, Self.turned, Self.drawing] { #expect(plan(facts, PictureWishes()) == nil) }
    }

    @Test(arguments: [
        MediaFacts(type: .gif, width: 9, height: 9, frames: 2), MediaFacts(type: .webp, width: 9, height: 9, frames: 2),
        MediaFacts(type: .png, width: 9, height: 9, frames: 2), MediaFacts(type: .svg), MediaFacts(type: .avif, width: 9, height: 9),
        MediaFacts(type: .mp4, width: 9, height: 9),
    ])
    func whatMovesOrIsNotDecodedStays(_ facts: MediaFacts) {
        let wishes = PictureWishes(conversion: Conversion(type: .jpeg, keepsLarger: true), scale: 50, uprights: true)
        #expect(plan(facts, wishes, mark: Self.text) == nil)
    }

    @Test(arguments: MediaType.allCases.filter(\.isDecodable)) func convertsWhatIsOfAnotherType(_ type: MediaType) {
        let found = plan(MediaFacts(type: type, width: 9, height: 9), PictureWishes(conversion: Conversion(type: .webp), quality: 33))
        #expect((found == nil) == (type == .webp))
        if let found {
            #expect(found.isConverted && found.keepsSmaller)
            #expect(found.version == PictureVersion(type: .webp, quality: 33, width: 9, height: 9))
        }
    }

    @Test func largerFileCountsWhenTheOperatorOrAnotherWishSaysSo() {
        let plain = Conversion(type: .webp)
        #expect(plan(Self.drawing, PictureWishes(conversion: Conversion(type: .webp, keepsLarger: true)))?.keepsSmaller == false)
        #expect(plan(Self.drawing, PictureWishes(conversion: plain, scale: 50))?.keepsSmaller == false)
        #expect(plan(Self.turned, PictureWishes(conversion: plain, uprights: true))?.keepsSmaller == false)
        #expect(plan(Self.drawing, PictureWishes(conversion: plain), mark: Self.text)?.keepsSmaller == false)
        #expect(plan(Self.drawing, PictureWishes(conversion: plain), mark: Self.badge(321, 1))?.keepsSmaller == true)
    }

    @Test(arguments: [("a.webp", false), ("A.WEBP", false), ("a.webp.png", true), ("webp", true), ("a.awebp", true), ("", true)])
    func easyImagesLooksAtTheName(name: String, isConverted: Bool) {
        let wishes = PictureWishes(conversion: Conversion(type: .jpeg, isEasyImages: true))
        #expect((plan(Self.drawing, wishes, named: name) != nil) == isConverted)
        #expect(plan(Self.drawing, PictureWishes(conversion: Conversion(type: .jpeg)), named: name) != nil)
    }

    @Test func easyImagesEncodesTheSameTypeAnew() {
        func isConverted(keepsLarger: Bool, isEasyImages: Bool) -> Bool {
            let conversion = Conversion(type: .jpeg, keepsLarger: keepsLarger, isEasyImages: isEasyImages)
            return plan(Self.photograph, PictureWishes(conversion: conversion)) != nil
        }
        #expect(isConverted(keepsLarger: true, isEasyImages: true))
        #expect(!isConverted(keepsLarger: true, isEasyImages: false) && !isConverted(keepsLarger: false, isEasyImages: true))
    }

    @Test(arguments: [
        (320, 200, 80, 256, 160), (333, 111, 33, 109, 36), (1, 1, 1, 1, 1), (5, 300, 1, 1, 3), (16_383, 16_383, 99, 16_219, 16_219),
    ])
    func scales(width: Int, height: Int, percent: Int, scaledWidth: Int, scaledHeight: Int) {
        let found = plan(MediaFacts(type: .png, width: width, height: height), PictureWishes(quality: percent, scale: percent))
        #expect((width, height) == (1, 1) ? found == nil : found?.version.width == scaledWidth && found?.version.height == scaledHeight)
    }

    @Test func turnsOnlyJPEGsThatLieOnTheirSide() {
        let wishes = PictureWishes(quality: 30, uprights: true)
        #expect(plan(Self.photograph, wishes) == nil)
        #expect(plan(MediaFacts(type: .png, width: 9, height: 9, orientation: 6), wishes) == nil)
        let found = plan(Self.turned, wishes)
        #expect(found?.version == PictureVersion(type: .jpeg, quality: 30, width: 200, height: 320))
        #expect(found?.isConverted == false)
    }

    @Test func pictureThatIsOnlyScaledOrMarkedKeepsItsLooks() {
        #expect(plan(Self.photograph, PictureWishes(quality: 10, scale: 10))?.version.quality == 80)
        #expect(plan(Self.photograph, PictureWishes(quality: 95), mark: Self.text)?.version.quality == 95)
        let converted = PictureWishes(conversion: Conversion(type: .webp), quality: 10, scale: 10)
        #expect(plan(Self.photograph, converted)?.version.quality == 10)
    }

    @Test func markHasToHaveRoomOnWhatIsStored() {
        #expect(plan(Self.drawing, PictureWishes(), mark: Self.badge(320, 200))?.version.mark != nil)
        #expect(plan(Self.drawing, PictureWishes(), mark: Self.badge(320, 201)) == nil)
        let scaled = plan(Self.drawing, PictureWishes(scale: 50), mark: Self.badge(161, 10))
        #expect(scaled?.version == PictureVersion(type: .png, quality: 80, width: 160, height: 100))
        // How large a text is, the worker finds out; what was wanted for the mark alone is then not made.
        #expect(plan(Self.drawing, PictureWishes(), mark: Self.text)?.version.isWantedUnmarked == false)
        #expect(plan(Self.drawing, PictureWishes(scale: 50), mark: Self.text)?.version.isWantedUnmarked == true)
    }
}
