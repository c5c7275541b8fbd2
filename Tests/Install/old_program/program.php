<?php
// What the pages of this program share. It stands in the place of EasyImages in tests: it answers at the same addresses, with the
// same fields, links and files as that (docs/easyimages.md), and is written from those alone. Thumbnails are the pictures themselves.

const ROOT = __DIR__;
// Both kinds of links are encrypted with this input for the first block.
const LINK_START = 'sciCuBC7orQtDhTO';
const TYPES = ['jpg' => 'image/jpg', 'jpeg' => 'image/jpg', 'png' => 'image/png', 'gif' => 'image/gif', 'webp' => 'image/webp',
               'bmp' => 'image/bmp', 'svg' => 'image/svg+xml', 'ico' => 'image/jpeg'];

header('Content-Type: text/html;charset=utf-8');
date_default_timezone_set(setting('timezone'));

function settings(): array
{
    static $kept;
    if ($kept === null) {
        require ROOT . '/config/config.php';
        $kept = $config;
    }
    return $kept;
}

function setting(string $name)
{
    return settings()[$name] ?? '';
}

function tokens(): array
{
    require ROOT . '/config/api_key.php';
    return $tokenList;
}

function json(array $answer): never
{
    exit(json_encode($answer, JSON_UNESCAPED_UNICODE));
}

function page(string $title, string $body = ''): never
{
    exit("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>$title</title></head><body>$body</body></html>");
}

function link_key(string $secret): string
{
    return str_pad(sprintf('%u', crc32($secret)), 32, "\0");
}

function link_of(string $path, string $secret): string
{
    return base64_encode((string) openssl_encrypt($path, 'aes-128-xts', link_key($secret), 0, LINK_START));
}

/** The stored path in a link, or false for what is none. */
function path_in(string $link, string $secret): string|false
{
    return openssl_decrypt(base64_decode($link), 'aes-128-xts', link_key($secret), 0, LINK_START);
}

/** The file of a stored path below the picture tree; null where there is none. */
function stored_file(string $path): ?string
{
    $inside = str_starts_with($path, setting('path')) && !str_contains($path, '..');
    return $inside && is_file(ROOT . $path) ? ROOT . $path : null;
}

function extension(string $name): string
{
    return strtolower(pathinfo($name, PATHINFO_EXTENSION));
}

/** The path below the tree as one name, as it has it in the recycle bin. */
function flat_name(string $path): string
{
    return str_replace('/', '_', substr($path, strlen(setting('path'))));
}

function send(string $file, string $type): never
{
    header("Content-Type: $type");
    readfile($file);
    exit;
}

function send_missing_picture(): never
{
    send(ROOT . '/public/images/404.png', 'image/png');
}
