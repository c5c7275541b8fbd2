# What a database says of its files in numbers: the newest wait to be counted with others, and belong to each number.

WAITING = "FROM file WHERE id >= (SELECT next_id FROM derived WHERE name = 'counted')"

UPLOADS = f"SELECT value + (SELECT COUNT(*) {WAITING} AND former_of IS NULL) AS value FROM counter WHERE name = 'uploads'"
UPLOADS_BY_DAYS = f"SELECT COALESCE(SUM(uploads), 0) + (SELECT COUNT(*) {WAITING} AND former_of IS NULL) AS value FROM day_count"
LISTED_PICTURES = f"SELECT value + (SELECT COUNT(*) {WAITING} AND state = 0 AND is_public = 1 AND kind = 'image') AS value FROM counter WHERE name = 'listed_image'"
