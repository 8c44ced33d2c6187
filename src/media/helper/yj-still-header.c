/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The size and the orientation of a picture, read from its header before any decoder sees it. */

#include "yj-still.h"

#include <string.h>

#define MAX_CHUNKS 10000        /* a header of more is no header */

typedef struct
{
  const guint8 *data;
  gsize         length;
  gboolean      little;
} Reader;

static guint32
get (const Reader *reader,
     gsize         at,
     gsize         size)
{
  guint32 value = 0;

  if (at > reader->length || size > reader->length - at)
    return 0;
  for (gsize i = 0; i < size; i++)
    value = value << 8 | reader->data[at + (reader->little ? size - 1 - i : i)];
  return value;
}

static gboolean
is (const Reader *reader,
    gsize         at,
    const char   *magic,
    gsize         size)
{
  return at <= reader->length && size <= reader->length - at && memcmp (reader->data + at, magic, size) == 0;
}

/* A TIFF structure, as a file or as EXIF: the first directory's size and orientation. */
static void
read_tiff (const Reader  *file,
           gsize          base,
           YjStillHeader *header)
{
  Reader tiff = { file->data + MIN (base, file->length), file->length - MIN (base, file->length), FALSE };
  gsize directory;
  guint entries;

  tiff.little = is (&tiff, 0, "II", 2);
  directory = get (&tiff, 4, 4);
  entries = get (&tiff, directory, 2);
  for (guint i = 0; i < entries; i++)
    {
      gsize at = directory + 2 + 12 * (gsize) i;
      guint tag = get (&tiff, at, 2);
      gsize size = get (&tiff, at + 2, 2) == 3 ? 2 : 4;
      guint32 value = get (&tiff, at + 8, size);

      if (tag == 0x100 && base == 0)
        header->width = value;
      else if (tag == 0x101 && base == 0)
        header->height = value;
      else if (tag == 0x112 && value >= 1 && value <= 8)
        {
          header->orientation = value;
          /* Where the 1 of a changed orientation goes: all but the lowest byte are 0 already */
          header->orientation_at = base + at + 8 + (tiff.little ? 0 : size - 1);
        }
    }
}

static void
read_jpeg (const Reader  *reader,
           YjStillHeader *header)
{
  gsize at = 2;

  for (guint n = 0; n < MAX_CHUNKS && at + 4 <= reader->length; n++)
    {
      guint marker = get (reader, at + 1, 1);
      gsize size = get (reader, at + 2, 2);

      if (marker == 0xda)
        header->cut_short = memmem (reader->data + at, reader->length - at, "\xff\xd9", 2) == NULL;
      if (get (reader, at, 1) != 0xff || marker == 0xda || marker == 0xd9)
        return;
      if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        {
          at += marker == 0xff ? 1 : 2;         /* padding, and markers without a length */
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          header->height = get (reader, at + 5, 2);
          header->width = get (reader, at + 7, 2);
        }
      else if (marker == 0xe1 && is (reader, at + 4, "Exif\0\0", 6) && header->orientation_at == 0)
        read_tiff (reader, at + 10, header);
      at += 2 + size;
    }
}

static void
read_png (const Reader  *reader,
          YjStillHeader *header)
{
  gsize at = 8;

  header->width = get (reader, 16, 4);
  header->height = get (reader, 20, 4);
  for (guint n = 0; n < MAX_CHUNKS && at + 12 <= reader->length && !is (reader, at + 4, "IDAT", 4); n++)
    {
      if (is (reader, at + 4, "eXIf", 4))
        read_tiff (reader, at + 8, header);
      at += 12 + (gsize) get (reader, at, 4);
    }
}

static void
read_webp (Reader        *reader,
           YjStillHeader *header)
{
  gsize at = 12;

  reader->little = TRUE;
  if (is (reader, 12, "VP8X", 4))
    {
      header->width = get (reader, 24, 3) + 1;
      header->height = get (reader, 27, 3) + 1;
    }
  else if (is (reader, 12, "VP8L", 4))
    {
      guint32 bits = get (reader, 21, 4);

      header->width = (bits & 0x3fff) + 1;
      header->height = (bits >> 14 & 0x3fff) + 1;
    }
  else if (is (reader, 12, "VP8 ", 4))
    {
      header->width = get (reader, 26, 2) & 0x3fff;
      header->height = get (reader, 28, 2) & 0x3fff;
    }
  for (guint n = 0; n < MAX_CHUNKS && at + 8 <= reader->length; n++)
    {
      gsize size = get (reader, at + 4, 4);

      if (is (reader, at, "EXIF", 4))
        read_tiff (reader, at + 8 + (is (reader, at + 8, "Exif\0\0", 6) ? 6 : 0), header);
      at += 8 + size + (size & 1);
    }
}

static void
read_bmp (Reader        *reader,
          YjStillHeader *header)
{
  reader->little = TRUE;
  if (get (reader, 14, 4) == 12)
    {
      header->width = get (reader, 18, 2);
      header->height = get (reader, 20, 2);
    }
  else
    {
      gint32 height = (gint32) get (reader, 22, 4);

      header->width = get (reader, 18, 4);
      header->height = height < 0 ? -(guint32) height : (guint32) height;
    }
}

/* HEIC and AVIF: the largest of the image spatial extents; the decoder turns these by itself. */
static void
read_iso (const Reader  *reader,
          YjStillHeader *header)
{
  gsize end = MIN (reader->length, 1 << 20);

  for (gsize at = 0; at + 16 <= end; at++)
    if (reader->data[at] == 'i' && is (reader, at, "ispe", 4))
      {
        guint32 width = get (reader, at + 8, 4);
        guint32 height = get (reader, at + 12, 4);

        if ((guint64) width * height > (guint64) header->width * header->height)
          {
            header->width = width;
            header->height = height;
          }
      }
}

/**
 * yj_still_read_header:
 * @format: a format of pictures
 * @data: (array length=length): the whole file
 * @length: bytes
 * @header: (out): what it says
 *
 * Returns: whether there is a size in it
 */
gboolean
yj_still_read_header (YjFormat       format,
                      const guint8  *data,
                      gsize          length,
                      YjStillHeader *header)
{
  Reader reader = { data, length, FALSE };

  *header = (YjStillHeader) { .orientation = 1 };
  switch (format)
    {
    case YJ_FORMAT_PNG:
      read_png (&reader, header);
      break;
    case YJ_FORMAT_JPEG:
      read_jpeg (&reader, header);
      break;
    case YJ_FORMAT_TIFF:
      read_tiff (&reader, 0, header);
      break;
    case YJ_FORMAT_GIF:
      reader.little = TRUE;
      header->width = get (&reader, 6, 2);
      header->height = get (&reader, 8, 2);
      break;
    case YJ_FORMAT_WEBP:
      read_webp (&reader, header);
      break;
    case YJ_FORMAT_BMP:
      read_bmp (&reader, header);
      break;
    case YJ_FORMAT_HEIC:
    case YJ_FORMAT_AVIF:
      read_iso (&reader, header);
      break;
    case YJ_FORMAT_MP4:
    case YJ_FORMAT_MATROSKA:
    case YJ_FORMAT_OGG:
    case YJ_FORMAT_WAV:
    case YJ_FORMAT_FLAC:
    case YJ_FORMAT_MP3:
      break;
    }
  return header->width > 0 && header->height > 0;
}
