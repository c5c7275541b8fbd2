# What libgd makes of a picture's pixels, as PHP's imagefilter() and imageconvolution() call it: written from its documented sums
# once more, so that the tests do not believe the code they test.

from PIL import Image


def byte(value):
    return int(min(max(value, 0), 255))


def mapped(change):
    """Colour by colour, alpha stays."""
    return lambda pixels: [[tuple(byte(change(colour)) for colour in pixel[:3]) + pixel[3:] for pixel in row] for row in pixels]


def grey(pixels):
    return [[(int(.299 * pixel[0] + .587 * pixel[1] + .114 * pixel[2]),) * 3 + pixel[3:] for pixel in row] for row in pixels]


def around(pixels, x, y, colour):
    """Nine values, row by row; beyond the edge lies the edge's own pixel."""
    rows = [min(max(y + move, 0), len(pixels) - 1) for move in (-1, 0, 1)]
    columns = [min(max(x + move, 0), len(pixels[0]) - 1) for move in (-1, 0, 1)]
    return [pixels[row][column][colour] for row in rows for column in columns]


def colours(value):
    """Each colour out of the nine around it."""
    def change(pixels):
        return [[tuple(byte(value(around(pixels, x, y, colour))) for colour in range(3)) + pixel[3:]
                 for x, pixel in enumerate(row)] for y, row in enumerate(pixels)]
    return change


def convolution(kernel, divisor=1, offset=0):
    return colours(lambda nine: sum(weight * value for weight, value in zip(kernel, nine)) / divisor + offset)


def contrast(change):
    factor = ((100 - change) / 100) ** 2
    return mapped(lambda value: ((value / 255 - .5) * factor + .5) * 255)


def colorize(*moves):
    return lambda pixels: [[tuple(byte(colour + move) for colour, move in zip(pixel, moves)) + pixel[3:] for pixel in row]
                           for row in pixels]


def selective(nine):
    weights = [.5 if place == 4 else 1 / (abs(nine[4] - value) or 1) for place, value in enumerate(nine)]
    return sum(weight * value for weight, value in zip(weights, nine)) / sum(weights)


SHARPEN = convolution([-1, -1, -1, -1, 16, -1, -1, -1, -1], 8)
FILTERS = {
    "1": mapped(lambda value: 255 - value), "2": grey,
    "3,40": mapped(lambda value: value + 40), "3,-40": mapped(lambda value: value - 40),
    "4,30": contrast(30), "4,-30": contrast(-30), "4,7": contrast(7),
    "5,90,-60,20,0": colorize(90, -60, 20),
    "6": convolution([-1, 0, -1, 0, 4, 0, -1, 0, -1], offset=127), "7": convolution([1.5, 0, 0, 0, 0, 0, 0, 0, -1.5], offset=127),
    "8": convolution([1, 2, 1, 2, 4, 2, 1, 2, 1], 16), "9": colours(selective),
    "10": convolution([-1, -1, -1, -1, 9, -1, -1, -1, -1]),
    "11,6": convolution([1, 1, 1, 1, 6, 1, 1, 1, 1], 14), "11,-5": convolution([1, 1, 1, 1, -5, 1, 1, 1, 1], 3),
}


def pixels_of(picture):
    width, height = picture.size
    flat = list(picture.getdata())
    return [flat[row * width:(row + 1) * width] for row in range(height)]


def changed(picture, *changes):
    """The picture after these changes, one after the other."""
    pixels = pixels_of(picture)
    for change in changes:
        pixels = change(pixels)
    result = Image.new(picture.mode, picture.size)
    result.putdata([pixel for row in pixels for pixel in row])
    return result
