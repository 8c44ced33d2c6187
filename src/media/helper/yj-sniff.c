/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the formats we take by their first bytes; a file's name has no say. */

#include "yj-sniff.h"

#include <string.h>

enum { PNG, JPEG, TIFF, GIF, WEBP, BMP, HEIC, AVIF, MP4, MOV, M4A, MKV, WEBM, OGG, WAV, FLAC, MP3 };

static const YjSniff kinds[] = {
  [PNG] = { YJ_FORMAT_PNG, YJ_MEDIA_INFO_IMAGE, "PNG", "image/png", "png" },
  [JPEG] = { YJ_FORMAT_JPEG, YJ_MEDIA_INFO_IMAGE, "JPEG", "image/jpeg", "jpg" },
  [TIFF] = { YJ_FORMAT_TIFF, YJ_MEDIA_INFO_IMAGE, "TIFF", "image/tiff", "tiff" },
  [GIF] = { YJ_FORMAT_GIF, YJ_MEDIA_INFO_IMAGE, "GIF", "image/gif", "gif" },
  [WEBP] = { YJ_FORMAT_WEBP, YJ_MEDIA_INFO_IMAGE, "WebP", "image/webp", "webp" },
  [BMP] = { YJ_FORMAT_BMP, YJ_MEDIA_INFO_IMAGE, "BMP", "image/bmp", "bmp" },
  [HEIC] = { YJ_FORMAT_HEIC, YJ_MEDIA_INFO_IMAGE, "HEIC", "image/heic", "heic" },
  [AVIF] = { YJ_FORMAT_AVIF, YJ_MEDIA_INFO_IMAGE, "AVIF", "image/avif", "avif" },
  [MP4] = { YJ_FORMAT_MP4, YJ_MEDIA_INFO_VIDEO, "MP4", "video/mp4", "mp4", "audio/mp4", "m4a" },
  [MOV] = { YJ_FORMAT_MP4, YJ_MEDIA_INFO_VIDEO, "QuickTime", "video/quicktime", "mov", "audio/mp4", "m4a" },
  [M4A] = { YJ_FORMAT_MP4, YJ_MEDIA_INFO_AUDIO, "M4A", "video/mp4", "mp4", "audio/mp4", "m4a" },
  [MKV] = { YJ_FORMAT_MATROSKA, YJ_MEDIA_INFO_VIDEO, "Matroska", "video/x-matroska", "mkv", "audio/x-matroska", "mka" },
  [WEBM] = { YJ_FORMAT_MATROSKA, YJ_MEDIA_INFO_VIDEO, "WebM", "video/webm", "webm", "audio/webm", "webm" },
  [OGG] = { YJ_FORMAT_OGG, YJ_MEDIA_INFO_AUDIO, "Ogg", "video/ogg", "ogv", "audio/ogg", "ogg" },
  [WAV] = { YJ_FORMAT_WAV, YJ_MEDIA_INFO_AUDIO, "WAV", NULL, NULL, "audio/wav", "wav" },
  [FLAC] = { YJ_FORMAT_FLAC, YJ_MEDIA_INFO_AUDIO, "FLAC", NULL, NULL, "audio/flac", "flac" },
  [MP3] = { YJ_FORMAT_MP3, YJ_MEDIA_INFO_AUDIO, "MP3", NULL, NULL, "audio/mpeg", "mp3" },
};

static gboolean
has (const guint8 *head,
     gsize         length,
     gsize         offset,
     const char   *magic)
{
  gsize size = strlen (magic);

  return offset + size <= length && memcmp (head + offset, magic, size) == 0;
}

/* The brands of an ISO file: the main one, then, where that says nothing, the compatible ones. */
static const YjSniff *
sniff_brand (const guint8 *head,
             gsize         length)
{
  static const struct { const char *brand; int kind; } brands[] = {
    { "qt  ", MOV }, { "M4A ", M4A }, { "M4B ", M4A }, { "M4P ", M4A }, { "avif", AVIF }, { "avis", AVIF },
    { "heic", HEIC }, { "heix", HEIC }, { "heim", HEIC }, { "heis", HEIC }, { "hevc", HEIC }, { "hevx", HEIC },
  };
  gboolean picture = has (head, length, 8, "mif1") || has (head, length, 8, "msf1");
  gsize end = MIN (length, GUINT32_FROM_BE (*(const guint32 *) (const void *) head));

  for (gsize at = 8; at + 4 <= (picture ? end : MIN (end, 12)); at += 4)
    for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
      if (has (head, length, at, brands[i].brand))
        return &kinds[brands[i].kind];
  return picture ? NULL : &kinds[MP4];
}

static gboolean
is_mp3_frame (const guint8 *head,
              gsize         length)
{
  return length >= 4 && head[0] == 0xff && (head[1] & 0xe0) == 0xe0
         && (head[1] & 0x18) != 0x08                            /* version */
         && (head[1] & 0x06) == 0x02                            /* layer III */
         && (head[2] & 0xf0) != 0xf0 && (head[2] & 0x0c) != 0x0c;
}

static gboolean
is_bmp (const guint8 *head,
        gsize         length)
{
  static const guint8 header_sizes[] = { 12, 40, 52, 56, 64, 108, 124 };

  return length >= 18 && has (head, length, 0, "BM") && memchr (header_sizes, head[14], sizeof header_sizes) != NULL
         && head[15] == 0 && head[16] == 0 && head[17] == 0;
}

/**
 * yj_sniff:
 * @head: (array length=length): the first bytes of a file, aligned for 32 bits
 * @length: how many, %YJ_SNIFF_LENGTH if there are as many
 *
 * Returns: (nullable): the format, or %NULL when it is none that we take
 */
const YjSniff *
yj_sniff (const guint8 *head,
          gsize         length)
{
  if (has (head, length, 0, "\x89PNG\r\n\x1a\n"))
    return &kinds[PNG];
  if (has (head, length, 0, "\xff\xd8\xff"))
    return &kinds[JPEG];
  if (length >= 8 && (memcmp (head, "II*\0", 4) == 0 || memcmp (head, "MM\0*", 4) == 0))
    return &kinds[TIFF];
  if (has (head, length, 0, "GIF87a") || has (head, length, 0, "GIF89a"))
    return &kinds[GIF];
  if (has (head, length, 0, "RIFF") && has (head, length, 8, "WEBP"))
    return &kinds[WEBP];
  if (has (head, length, 0, "RIFF") && has (head, length, 8, "WAVE"))
    return &kinds[WAV];
  if (has (head, length, 4, "ftyp"))
    return sniff_brand (head, length);
  if (has (head, length, 4, "moov") || has (head, length, 4, "mdat") || has (head, length, 4, "wide"))
    return &kinds[MOV];         /* QuickTime before it had brands */
  if (has (head, length, 0, "\x1a\x45\xdf\xa3"))
    {
      if (memmem (head, length, "webm", 4) != NULL)
        return &kinds[WEBM];
      return memmem (head, length, "matroska", 8) != NULL ? &kinds[MKV] : NULL;
    }
  if (has (head, length, 0, "OggS"))
    return &kinds[OGG];
  if (has (head, length, 0, "fLaC"))
    return &kinds[FLAC];
  if (has (head, length, 0, "ID3") || is_mp3_frame (head, length))
    return &kinds[MP3];
  return is_bmp (head, length) ? &kinds[BMP] : NULL;
}
