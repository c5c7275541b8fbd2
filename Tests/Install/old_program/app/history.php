<?php
// What this browser uploaded, as its own scripts know it.

require __DIR__ . '/../program.php';
page('history');
