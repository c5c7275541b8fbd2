<?php
// The login page.

require __DIR__ . '/../program.php';
page('login', '<form method="post"><input name="user"><input name="password" type="password"></form>');
