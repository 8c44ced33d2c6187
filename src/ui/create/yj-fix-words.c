/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-fix-words.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"

static const char *
get_type_name (const char *content_type)
{
  static const struct { const char *type, *name; } names[] = {
    { "image/jpeg", "JPEG" }, { "image/png", "PNG" }, { "video/mp4", "MP4" }, { "audio/mpeg", "MP3" }, { "audio/wav", "WAV" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (content_type, names[i].type))
      return names[i].name;
  return content_type;
}

static char *
dup_seconds (gint64 ns)
{
  return g_strdup_printf ("%.1f", (double) ns / 1e9);
}

static void
add_size (GString      *lines,
          const char   *format,
          const YjMend *mend)
{
  g_autofree char *size = g_strdup_printf ("%d × %d", mend->width, mend->height);
  g_autoptr(GString) line = g_string_new (format);

  g_string_replace (line, "%s", size, 1);
  g_string_append_printf (lines, "%s\n", line->str);
}

static void
add_picture (GString      *lines,
             const YjMend *mend,
             YjMendFit     fit)
{
  if ((mend->steps & YJ_MEND_SHAPE) && fit == YJ_MEND_FIT_CROP)
    /* translators: %s: width × height in pixels */
    add_size (lines, _("Cropped to %s"), mend);
  else if (mend->steps & YJ_MEND_SHAPE)
    /* translators: %s: width × height in pixels */
    add_size (lines, _("Bars are added up to %s"), mend);
  else if (mend->steps & YJ_MEND_SCALE_DOWN)
    /* translators: %s: width × height in pixels */
    add_size (lines, _("Scaled down to %s"), mend);
  if (mend->steps & YJ_MEND_SCALE_UP)
    /* translators: %s: width × height in pixels */
    add_size (lines, _("Enlarged to %s, which makes it no sharper"), mend);
}

static void
add_time (GString      *lines,
          const YjMend *mend)
{
  g_autofree char *seconds = dup_seconds (mend->length);

  if (mend->steps & YJ_MEND_TRIM)
    {
      /* translators: %s: a number of seconds */
      g_string_append_printf (lines, _("Shortened to %s seconds"), seconds);
      g_string_append_c (lines, '\n');
    }
  if (mend->steps & YJ_MEND_LENGTHEN)
    {
      /* translators: %s: a number of seconds */
      g_string_append_printf (lines, _("Lengthened to %s seconds with silence"), seconds);
      g_string_append_c (lines, '\n');
    }
  if (mend->steps & YJ_MEND_FRAME_RATE)
    {
      /* translators: %d: frames per second */
      g_string_append_printf (lines, _("Changed to %d frames per second"), (int) mend->frame_rate);
      g_string_append_c (lines, '\n');
    }
}

/**
 * yj_fix_words_dup_steps:
 * @mend: what is to be done
 * @fit: how another shape is come by
 *
 * Returns: (transfer full): it in words, a line for each step
 */
char *
yj_fix_words_dup_steps (const YjMend *mend,
                        YjMendFit     fit)
{
  GString *lines = g_string_new (NULL);

  add_picture (lines, mend, fit);
  add_time (lines, mend);
  if (mend->steps & YJ_MEND_FLATTEN)
    g_string_append_printf (lines, "%s\n", _("Transparent parts are filled with the background"));
  if (mend->steps & YJ_MEND_CONVERT)
    {
      /* translators: %s: a type of file, such as JPEG */
      g_string_append_printf (lines, _("Converted to %s"), get_type_name (mend->content_type));
      g_string_append_c (lines, '\n');
    }
  if (mend->steps & YJ_MEND_SHRINK)
    {
      g_autofree char *size = g_format_size (mend->max_bytes);

      /* translators: %s: an amount of data */
      g_string_append_printf (lines, _("Compressed to at most %s"), size);
      g_string_append_c (lines, '\n');
    }
  if (lines->len > 0)
    g_string_truncate (lines, lines->len - 1);
  return g_string_free_and_steal (lines);
}

/**
 * yj_fix_words_dup_result:
 * @mend: what is to be done
 * @duration: ns, of the file as it is
 *
 * Returns: (transfer full): what comes out, in a line
 */
char *
yj_fix_words_dup_result (const YjMend *mend,
                         gint64        duration)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gint64 length = mend->length > 0 ? mend->length : duration;
  g_auto(GStrv) parts = NULL;

  if (mend->width > 0)
    g_strv_builder_take (builder, g_strdup_printf (_("%1$d × %2$d"), mend->width, mend->height));
  if (length > 0)
    g_strv_builder_take (builder, yj_job_text_dup_duration (length));
  g_strv_builder_add (builder, get_type_name (mend->content_type));
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}
