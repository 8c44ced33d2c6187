/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tiff-fixtures.h"

#include <string.h>

#define WIDTH 24                /* px */
#define HEIGHT 16
#define STRIPS 2
#define ASCII 2
#define SHORT 3
#define LONG 4
#define MAX_ENTRIES 32

typedef struct
{
  guint    tag;
  guint    type;
  guint    n;
  guint64  values[4];           /* or where they stand */
} Entry;

typedef struct
{
  const TiffShape *shape;
  GByteArray      *file;
  Entry            entries[MAX_ENTRIES];
  guint            n;
} Builder;

static void
append (Builder *self,
        guint64  number,
        guint    n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (self->file, &(guint8) { (guint8) (number >> (8 * (self->shape->little ? i : n - 1 - i))) }, 1);
}

static void
write_at (Builder *self,
          gsize    at,
          guint64  number,
          guint    n)
{
  for (guint i = 0; i < n; i++)
    self->file->data[at + i] = (guint8) (number >> (8 * (self->shape->little ? i : n - 1 - i)));
}

static guint
get_size (guint type)
{
  return type == SHORT ? 2 : type == LONG ? 4 : 1;
}

static gsize
append_text (Builder    *self,
             const char *text)
{
  gsize at = self->file->len;

  g_byte_array_append (self->file, (const guint8 *) text, strlen (text) + 1);
  if (self->file->len % 2 == 1)
    append (self, 0, 1);
  return at;
}

/* Values that do not fit into the entry go before its directory. */
static void
add_all (Builder       *self,
         guint          tag,
         guint          type,
         guint          n,
         const guint64 *values)
{
  Entry *entry = &self->entries[self->n++];

  g_assert_cmpuint (self->n, <=, MAX_ENTRIES);
  g_assert_cmpuint (n, <=, 4);
  *entry = (Entry) { tag, type, n };
  memcpy (entry->values, values, n * sizeof *values);
  if (n * get_size (type) <= (self->shape->big ? 8 : 4))
    return;
  entry->values[0] = self->file->len;
  for (guint i = 0; i < n; i++)
    append (self, values[i], get_size (type));
}

static void
add (Builder *self,
     guint    tag,
     guint    type,
     guint64  value)
{
  add_all (self, tag, type, 1, &value);
}

static void
add_secret (Builder *self,
            guint    tag)
{
  self->entries[self->n++] = (Entry) { tag, ASCII, (guint) strlen (self->shape->secret) + 1, { append_text (self, self->shape->secret) } };
}

/* Where it stands; the place of the offset of the next is the last in it. */
static gsize
append_directory (Builder *self)
{
  gsize at = self->file->len;
  guint wide = self->shape->big ? 8 : 4;

  append (self, self->n, self->shape->big ? 8 : 2);
  for (guint i = 0; i < self->n; i++)
    {
      const Entry *entry = &self->entries[i];
      guint size = get_size (entry->type);
      gsize value = self->file->len + 4 + wide;

      append (self, entry->tag, 2);
      append (self, entry->type, 2);
      append (self, entry->n, wide);
      append (self, 0, wide);
      if (entry->n * size > wide)
        write_at (self, value, entry->values[0], wide);
      else
        for (guint j = 0; j < entry->n; j++)
          write_at (self, value + j * size, entry->values[j], size);
    }
  append (self, 0, wide);
  self->n = 0;
  return at;
}

/* A page of two strips; where its directory stands. */
static gsize
append_page (Builder *self,
             gboolean is_first)
{
  const TiffShape *shape = self->shape;
  guint64 strips[STRIPS], lengths[STRIPS], bits[] = { 8, 8, 8 };
  gsize exif;

  for (guint s = 0; s < STRIPS; s++)
    {
      strips[s] = self->file->len;
      lengths[s] = WIDTH * HEIGHT / STRIPS * 3 - shape->missing;
      for (guint i = 0; i < WIDTH * HEIGHT / STRIPS; i++)
        append (self, i * 9 % 256 << 16 | (s * 100 + 50) << 8 | i / WIDTH * 30, 3);
      append_text (self, shape->secret);        /* what an editor has left behind */
    }
  add_secret (self, 0x927c);    /* the note of the maker */
  exif = append_directory (self);

  add (self, 254, LONG, is_first ? shape->kind : shape->kind_of_others);
  add (self, 256, SHORT, WIDTH);
  add (self, 257, SHORT, HEIGHT);
  add_all (self, 258, SHORT, 3, bits);
  add (self, 259, SHORT, 1);
  add (self, 262, SHORT, 2);
  add_secret (self, 270);       /* what is on it, maker, model */
  add_secret (self, 271);
  add_secret (self, 272);
  add_all (self, 273, LONG, STRIPS, strips);
  add (self, 274, SHORT, shape->orientation);
  add (self, 277, SHORT, 3);
  add (self, 278, SHORT, HEIGHT / STRIPS);
  add_all (self, 279, LONG, STRIPS, lengths);
  add_secret (self, 305);       /* program, date, artist, computer */
  add_secret (self, 306);
  add_secret (self, 315);
  add_secret (self, 316);
  add_secret (self, 700);       /* XMP, copyright, IPTC, Photoshop */
  add_secret (self, 33432);
  add_secret (self, 33723);
  add_secret (self, 34377);
  add (self, 34665, LONG, exif);
  add (self, 34853, LONG, exif);
  return append_directory (self);
}

GBytes *
tiff_make (const TiffShape *shape)
{
  Builder self = { shape, g_byte_array_new () };
  guint wide = shape->big ? 8 : 4;
  gsize before, first = 0;

  g_byte_array_append (self.file, (const guint8 *) (shape->little ? "II" : "MM"), 2);
  append (&self, shape->big ? 43 : 42, 2);
  if (shape->big)
    append (&self, 8, 2);
  if (shape->big)
    append (&self, 0, 2);
  before = self.file->len;
  append (&self, 0, wide);
  for (guint i = 0; i < shape->pages; i++)
    {
      gsize at = append_page (&self, i == 0);

      first = i == 0 ? at : first;
      write_at (&self, before, at, wide);
      before = self.file->len - wide;
    }
  if (shape->circle)
    write_at (&self, before, first, wide);
  append_text (&self, shape->secret);
  return g_byte_array_free_to_bytes (self.file);
}
