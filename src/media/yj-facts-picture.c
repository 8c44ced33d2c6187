/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of JPEG, PNG and GIF. */

#include "yj-facts-private.h"

#include <string.h>

#define MAX_EXIF 65536

/* ---- JPEG */

/* Whether a segment is needed to show the picture as it is meant. */
static gboolean
is_needed (YjFacts *self,
           guint    marker,
           gint64   at)
{
  switch (marker)
    {
    case 0xe0:
      return yj_facts_is (self, at, "JFIF", 5);
    case 0xe2:
      return yj_facts_is (self, at, "ICC_PROFILE", 12);
    case 0xee:
      return yj_facts_is (self, at, "Adobe", 5);
    default:
      return marker != 0xfe && (marker < 0xe0 || marker > 0xef);
    }
}

/* Leaves the segment out; of the first EXIF stays how the picture is turned. */
static gboolean
cut_segment (YjFacts  *self,
             guint     marker,
             gint64    at,
             gsize     length,
             gboolean *seen_exif)
{
  guint8 least[10 + YJ_FACTS_TIFF + 4] = { 0xff, 0xe1, 0, sizeof least - 2, 'E', 'x', 'i', 'f', 0, 0 };
  g_autofree guint8 *tiff = NULL;
  guint orientation;

  if (marker != 0xe1 || *seen_exif || !yj_facts_is (self, at + 4, "Exif\0", 6))
    return yj_facts_cut (self, at, 2 + length, NULL, 0);

  *seen_exif = TRUE;
  tiff = g_malloc (length);
  if (!yj_facts_read (self, at + 10, tiff, length - 8))
    return FALSE;
  orientation = yj_facts_orientation (tiff, length - 8);
  if (orientation == 1)
    return yj_facts_cut (self, at, 2 + length, NULL, 0);
  yj_facts_make_tiff (least + 10, orientation);
  if (2 + length == sizeof least && memcmp (tiff, least + 10, YJ_FACTS_TIFF) == 0)
    return TRUE;                /* it says nothing else */
  return yj_facts_cut (self, at, 2 + length, least, sizeof least);
}

/* Behind the header of a scan: to the next marker that ends it. */
static gboolean
skip_scan (YjFacts *self,
           gint64  *at)
{
  guint8 byte, next;

  while (yj_facts_read (self, *at, &byte, 1))
    {
      /* In the window, as long as it reaches */
      const guint8 *from = self->window + (*at - self->window_at);
      gsize left = self->window_length - (gsize) (*at - self->window_at);
      const guint8 *found = memchr (from, 0xff, left);

      if (found == NULL)
        {
          *at += left;
          continue;
        }
      *at += found - from;
      if (!yj_facts_read (self, *at + 1, &next, 1))
        return FALSE;
      if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7))
        return TRUE;
      *at += next == 0xff ? 1 : 2;
    }
  return FALSE;
}

gboolean
yj_facts_jpeg (YjFacts *self)
{
  gint64 at = 2;
  gboolean seen_exif = FALSE;
  guint8 head[4];

  while (yj_facts_step (self) && yj_facts_read (self, at, head, 2) && head[0] == 0xff)
    {
      guint marker = head[1];
      gsize length;

      if (marker == 0xd9)       /* what follows is another picture, or the camera's own */
        return yj_facts_cut (self, at + 2, self->size - at - 2, NULL, 0);
      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8) || !yj_facts_read (self, at, head, 4))
        return FALSE;
      length = (gsize) head[2] << 8 | head[3];
      if (length < 2 || (gint64) length > self->size - at - 2 ||
          (!is_needed (self, marker, at + 4) && !cut_segment (self, marker, at, length, &seen_exif)))
        return FALSE;
      at += 2 + length;
      if (marker == 0xda && !skip_scan (self, &at))
        return FALSE;
    }
  return FALSE;
}

/* ---- PNG */
static void
put_big (guint8  *at,
         guint32  value)
{
  guint32 big = GUINT32_TO_BE (value);

  memcpy (at, &big, 4);
}

static guint32
get_crc (const guint8 *data,
         gsize         length)
{
  guint32 crc = G_MAXUINT32;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static gboolean
cut_exif_chunk (YjFacts *self,
                gint64   at,
                gsize    length)
{
  guint8 least[12 + YJ_FACTS_TIFF + 4] = { 0, 0, 0, YJ_FACTS_TIFF + 4, 'e', 'X', 'I', 'f' };
  g_autofree guint8 *tiff = NULL;
  guint orientation = 1;

  if (length <= MAX_EXIF)
    {
      tiff = g_malloc (length + 1);
      if (!yj_facts_read (self, at + 8, tiff, length))
        return FALSE;
      orientation = yj_facts_orientation (tiff, length);
    }
  if (orientation == 1)
    return yj_facts_cut (self, at, 12 + length, NULL, 0);
  yj_facts_make_tiff (least + 8, orientation);
  put_big (least + sizeof least - 4, get_crc (least + 4, sizeof least - 8));
  if (length == YJ_FACTS_TIFF + 4 && memcmp (tiff, least + 8, YJ_FACTS_TIFF) == 0)
    return TRUE;
  return yj_facts_cut (self, at, 12 + length, least, sizeof least);
}

gboolean
yj_facts_png (YjFacts *self)
{
  static const char * const told[] = { "tEXt", "zTXt", "iTXt", "tIME", "caBX", "zxIf" };
  gint64 at = 8;
  guint8 head[8];

  while (yj_facts_step (self) && yj_facts_read (self, at, head, 8))
    {
      gsize length = yj_facts_big (head);
      gboolean cut = FALSE;

      if (length > G_MAXINT32 || (gint64) length + 12 > self->size - at)
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (told); i++)
        cut |= memcmp (head + 4, told[i], 4) == 0;
      if (cut && !yj_facts_cut (self, at, 12 + length, NULL, 0))
        return FALSE;
      if (memcmp (head + 4, "eXIf", 4) == 0 && !cut_exif_chunk (self, at, length))
        return FALSE;
      at += 12 + length;
      if (memcmp (head + 4, "IEND", 4) == 0)
        return yj_facts_cut (self, at, self->size - at, NULL, 0);
    }
  return FALSE;
}

/* ---- GIF */

/* Blocks of up to 255 bytes, the last one of none. */
static gboolean
skip_blocks (YjFacts *self,
             gint64  *at)
{
  guint8 length;

  while (yj_facts_step (self) && yj_facts_read (self, *at, &length, 1))
    {
      *at += 1 + length;
      if (length == 0)
        return *at <= self->size;
    }
  return FALSE;
}

gboolean
yj_facts_gif (YjFacts *self)
{
  gint64 at = 13;
  guint8 head[13];

  if (!yj_facts_read (self, 0, head, 13))
    return FALSE;
  if (head[10] & 0x80)
    at += 3 << ((head[10] & 7) + 1);
  while (yj_facts_step (self) && yj_facts_read (self, at, head, 1))
    {
      gint64 start = at;
      gboolean cut = FALSE;

      if (head[0] == 0x3b)
        return yj_facts_cut (self, at + 1, self->size - at - 1, NULL, 0);
      if (head[0] == 0x2c && yj_facts_read (self, at, head, 10))
        at += 11 + (head[9] & 0x80 ? 3 << ((head[9] & 7) + 1) : 0);
      else if (head[0] == 0x21 && yj_facts_read (self, at + 1, head, 1))
        {
          cut = head[0] == 0xfe || (head[0] == 0xff && yj_facts_is (self, at + 3, "XMP DataXMP", 11));
          at += 2;
        }
      else
        return FALSE;
      if (!skip_blocks (self, &at) || (cut && !yj_facts_cut (self, start, at - start, NULL, 0)))
        return FALSE;
    }
  return FALSE;
}
