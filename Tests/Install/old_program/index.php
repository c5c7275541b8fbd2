<?php
// The upload page.

require __DIR__ . '/program.php';
page(htmlspecialchars(setting('title')), '<form action="app/upload.php" method="post" enctype="multipart/form-data"><input type="file" name="file"></form>');
