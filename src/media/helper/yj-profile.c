/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Colour profiles: what a picture says its numbers mean goes along when it is written anew, as no decoder here converts. */

#include "yj-profile.h"

#include <gio/gio.h>
#include <string.h>

#include "yj-still.h"
#include "yj-still-heif.h"

#define MAX_PROFILE (4 << 20)   /* bytes */
#define MAX_PARTS 255
#define PART 65519              /* bytes of a profile in one segment of a JPEG */
#define JPEG_NAME "ICC_PROFILE" /* with its NUL, then number and count */

static guint32
get_big (const guint8 *at)
{
  return (guint32) at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

static guint32
get_little (const guint8 *at)
{
  return (guint32) at[3] << 24 | at[2] << 16 | at[1] << 8 | at[0];
}

static void
append_big (GByteArray *array,
            guint32     value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (array, (const guint8 *) &big, 4);
}

static GByteArray *
find_in_jpeg (const guint8 *data,
              gsize         length)
{
  g_autoptr(GByteArray) profile = g_byte_array_new ();
  guint next = 1;

  for (gsize at = 2; at + 4 <= length && data[at] == 0xff;)
    {
      guint marker = data[at + 1];
      gsize size = (gsize) data[at + 2] << 8 | data[at + 3];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0xda || marker == 0xd9 || size < 2 || size > length - at - 2)
        break;
      if (marker == 0xe2 && size > 16 && memcmp (data + at + 4, JPEG_NAME, sizeof JPEG_NAME) == 0 && data[at + 16] == next &&
          next <= MAX_PARTS && profile->len < MAX_PROFILE)
        {
          g_byte_array_append (profile, data + at + 18, size - 16);
          next++;
        }
      at += 2 + size;
    }
  return g_steal_pointer (&profile);
}

static GByteArray *
inflate (const guint8 *data,
         gsize         length)
{
  g_autoptr(GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr(GInputStream) packed = g_memory_input_stream_new_from_data (data, length, NULL);
  g_autoptr(GInputStream) stream = g_converter_input_stream_new (packed, converter);
  g_autoptr(GByteArray) array = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n;

  while (array->len < MAX_PROFILE && (n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (array, buffer, n);
  return g_steal_pointer (&array);
}

static GByteArray *
find_in_png (const guint8 *data,
             gsize         length)
{
  for (gsize at = 8; at + 12 <= length;)
    {
      gsize size = get_big (data + at);
      const guint8 *name = data + at + 8, *end;

      if (size > length - at - 12 || memcmp (data + at + 4, "IDAT", 4) == 0)
        break;
      end = memchr (name, 0, MIN (size, 80));
      if (memcmp (data + at + 4, "iCCP", 4) == 0 && end != NULL && end + 2 <= name + size)
        return inflate (end + 2, name + size - end - 2);
      at += 12 + size;
    }
  return NULL;
}

static GByteArray *
find_in_webp (const guint8 *data,
              gsize         length)
{
  for (gsize at = 12; at + 8 <= length;)
    {
      gsize size = get_little (data + at + 4);

      if (size > length - at - 8)
        break;
      if (memcmp (data + at, "ICCP", 4) == 0 && size <= MAX_PROFILE)
        {
          GByteArray *profile = g_byte_array_new ();

          return g_byte_array_append (profile, data + at + 8, size);
        }
      at += 8 + size + (size & 1);
    }
  return NULL;
}

static GByteArray *
find_in_heif (const guint8 *data,
              gsize         length)
{
  g_autoptr(GBytes) file = g_bytes_new_static (data, length);
  g_autoptr(GBytes) profile = yj_still_heif_dup_profile (file);

  if (profile == NULL || g_bytes_get_size (profile) > MAX_PROFILE)
    return NULL;
  return g_bytes_unref_to_array (g_steal_pointer (&profile));
}

/**
 * yj_profile_find:
 * @format: the format of the file
 * @data: (array length=length): the whole file
 * @length: bytes
 *
 * Returns: (transfer full) (nullable): the ICC profile in it when it is one for red, green and blue
 */
GBytes *
yj_profile_find (YjFormat       format,
                 const guint8  *data,
                 gsize          length)
{
  g_autoptr(GByteArray) profile = NULL;

  if (format == YJ_FORMAT_JPEG)
    profile = find_in_jpeg (data, length);
  else if (format == YJ_FORMAT_PNG)
    profile = find_in_png (data, length);
  else if (format == YJ_FORMAT_WEBP)
    profile = find_in_webp (data, length);
  else if (yj_still_is_heif (format))
    profile = find_in_heif (data, length);
  if (profile == NULL || profile->len < 128 || get_big (profile->data) != profile->len ||
      memcmp (profile->data + 16, "RGB ", 4) != 0 || memcmp (profile->data + 36, "acsp", 4) != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&profile));
}

static GBytes *
put_into_jpeg (const guint8 *data,
               gsize         length,
               const guint8 *profile,
               gsize         size)
{
  GByteArray *array = g_byte_array_sized_new (length + size + 1024);
  guint count = (size + PART - 1) / PART;
  gsize at = 2;

  if (data[2] == 0xff && data[3] == 0xe0)       /* JFIF wants to be the first */
    at += 2 + ((gsize) data[4] << 8 | data[5]);
  g_byte_array_append (array, data, at);
  for (guint i = 0; i < count; i++)
    {
      gsize part = MIN (PART, size - (gsize) i * PART);
      guint8 head[] = { 0xff, 0xe2, (part + 16) >> 8, (part + 16) & 0xff, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L',
                        'E', 0, i + 1, count };

      g_byte_array_append (array, head, sizeof head);
      g_byte_array_append (array, profile + (gsize) i * PART, part);
    }
  g_byte_array_append (array, data + at, length - at);
  return g_byte_array_free_to_bytes (array);
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

static void
append_profile_chunk (GByteArray   *array,
                      const guint8 *profile,
                      gsize         size)
{
  static const guint8 head[] = "iCCPicc\0";     /* type, name, NUL and the one method there is */
  g_autoptr(GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr(GInputStream) plain = g_memory_input_stream_new_from_data (profile, size, NULL);
  g_autoptr(GInputStream) stream = g_converter_input_stream_new (plain, converter);
  gsize start = array->len;
  guint8 buffer[4096];
  gssize n;
  guint32 length;

  append_big (array, 0);
  g_byte_array_append (array, head, sizeof head);
  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (array, buffer, n);
  length = GUINT32_TO_BE (array->len - start - 8);
  memcpy (array->data + start, &length, 4);
  append_big (array, get_crc (array->data + start + 4, array->len - start - 4));
}

/* Other words about colour go: two that disagree are worse than none. */
static GBytes *
put_into_png (const guint8 *data,
              gsize         length,
              const guint8 *profile,
              gsize         size)
{
  static const char * const replaced[] = { "cICP", "sRGB", "gAMA", "cHRM", "iCCP" };
  GByteArray *array = g_byte_array_sized_new (length + size);

  g_byte_array_append (array, data, 8);
  for (gsize at = 8; at + 12 <= length;)
    {
      gsize whole = 12 + (gsize) get_big (data + at);
      gboolean keep = TRUE;

      for (guint i = 0; i < G_N_ELEMENTS (replaced); i++)
        keep = keep && memcmp (data + at + 4, replaced[i], 4) != 0;
      if (whole > length - at)
        break;
      if (keep)
        g_byte_array_append (array, data + at, whole);
      if (at == 8)
        append_profile_chunk (array, profile, size);
      at += whole;
    }
  return g_byte_array_free_to_bytes (array);
}

/**
 * yj_profile_put:
 * @encoded: a JPEG or PNG of our own making
 * @profile: (nullable): what its numbers mean
 *
 * Returns: (transfer full): the same with that profile in it
 */
GBytes *
yj_profile_put (GBytes *encoded,
                GBytes *profile)
{
  gsize length, size;
  const guint8 *data = g_bytes_get_data (encoded, &length), *icc;

  if (profile == NULL || length < 20)
    return g_bytes_ref (encoded);
  icc = g_bytes_get_data (profile, &size);
  return data[0] == 0xff ? put_into_jpeg (data, length, icc, size) : put_into_png (data, length, icc, size);
}
