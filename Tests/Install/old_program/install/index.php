<?php
// The installer, which is done.

header('Location: /../index.php', true, 302);
