// Services say the same to every engine. Where they cannot (full-text search), they ask the database which one it is.

/// What keeps the rows.
public enum Engine: String, Sendable, CaseIterable { case sqlite, postgresql }
