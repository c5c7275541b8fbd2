<?php
// The terms.

require __DIR__ . '/../program.php';
page('terms', setting('terms'));
