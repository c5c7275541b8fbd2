<?php
// The terms, at their older address.

require __DIR__ . '/../app/DMCA.php';
