<?php
// The log, which only an administrator may see.

require __DIR__ . '/../program.php';
exit('Permission denied');
