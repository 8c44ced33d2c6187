/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Browsers drag a picture as a piece of its page (text/html) and an address (text/x-moz-url); the address is that of the
 * link when the picture is inside one, so the piece is asked first. No file: from a page, whatever it says: only http,
 * https, and pictures that are in the address itself.
 */

#define G_LOG_DOMAIN "yj-web-drop"

#include "yj-web-drop.h"

#include <string.h>

#include "yj-web-fetch.h"

#define MAX_BYTES (16 << 20)

static gpointer
copy_text (gpointer text)
{
  return g_strdup (text);
}

GType
yj_web_markup_get_type (void)
{
  static GType type;

  if (g_once_init_enter_pointer (&type))
    g_once_init_leave_pointer (&type, g_boxed_type_register_static ("YjWebMarkup", copy_text, g_free));
  return type;
}

GType
yj_web_address_get_type (void)
{
  static GType type;

  if (g_once_init_enter_pointer (&type))
    g_once_init_leave_pointer (&type, g_boxed_type_register_static ("YjWebAddress", copy_text, g_free));
  return type;
}

/* ---- reading */

/* Browsers write UTF-8, or UTF-16 in the machine's order, with or without a mark. */
static char *
decode (const char *data,
        gsize       length)
{
  gboolean marked = length >= 2 && (memcmp (data, "\377\376", 2) == 0 || memcmp (data, "\376\377", 2) == 0);

  if (marked)
    return g_convert (data, (gssize) (length & ~(gsize) 1), "UTF-8", "UTF-16", NULL, NULL, NULL);
  if (length >= 2 && (data[0] == '\0') != (data[1] == '\0'))
    return g_convert (data, (gssize) (length & ~(gsize) 1), "UTF-8", data[0] == '\0' ? "UTF-16BE" : "UTF-16LE", NULL, NULL, NULL);

  while (length > 0 && data[length - 1] == '\0')
    length--;
  return g_utf8_make_valid (data, (gssize) length);
}

static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GdkContentDeserializer *deserializer = user_data;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (object);
  GError *error = NULL;
  char *text = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error) >= 0)
    {
      text = decode (g_memory_output_stream_get_data (memory), g_memory_output_stream_get_data_size (memory));
      if (text == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "This is no text");
    }
  if (error != NULL)
    {
      gdk_content_deserializer_return_error (deserializer, error);
      return;
    }
  g_value_take_boxed (gdk_content_deserializer_get_value (deserializer), text);
  gdk_content_deserializer_return_success (deserializer);
}

static void
deserialize (GdkContentDeserializer *deserializer)
{
  /* not resizable: so it is bounded */
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new (g_malloc (MAX_BYTES), MAX_BYTES, NULL, g_free);

  g_output_stream_splice_async (memory, gdk_content_deserializer_get_input_stream (deserializer),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                gdk_content_deserializer_get_priority (deserializer),
                                gdk_content_deserializer_get_cancellable (deserializer), spliced_cb, deserializer);
}

void
yj_web_drop_init (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;

  gdk_content_register_deserializer ("text/html", YJ_TYPE_WEB_MARKUP, deserialize, NULL, NULL);
  gdk_content_register_deserializer ("text/x-moz-url", YJ_TYPE_WEB_ADDRESS, deserialize, NULL, NULL);
  g_once_init_leave (&done, 1);
}

/**
 * yj_web_drop_get_picture_types:
 * @formats: of a drop or a clipboard
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): types that a browser makes of the picture itself, the one
 *   that loses least first; %NULL when none of them is offered
 */
const char **
yj_web_drop_get_picture_types (GdkContentFormats *formats)
{
  static const char *types[] = { "image/png", "image/webp", "image/jpeg", "image/tiff", "image/bmp", "image/gif", NULL };

  for (guint i = 0; types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, types[i]))
      return types;

  return NULL;
}

/**
 * yj_web_drop_is_offered:
 * @formats: of a drop or a clipboard
 *
 * Returns: whether it comes from a browser: there is an address as only they give it, or a picture and the piece of its page
 */
gboolean
yj_web_drop_is_offered (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_mime_type (formats, "text/x-moz-url") ||
         (gdk_content_formats_contain_mime_type (formats, "text/html") && yj_web_drop_get_picture_types (formats) != NULL);
}

/* ---- addresses */

/* The value of an attribute, which is either between quotes or up to a space, with the few entities that addresses hold. */
static char *
dup_attribute (const char *tag,
               const char *end,
               const char *name)
{
  gsize length = strlen (name);

  for (const char *p = tag; p + length < end; p++)
    {
      g_autoptr(GString) value = NULL;
      char quote;

      if (!g_ascii_isspace (p[-1]) || g_ascii_strncasecmp (p, name, length) != 0)
        continue;
      p += length;
      while (p < end && g_ascii_isspace (*p))
        p++;
      if (p >= end || *p++ != '=')
        continue;
      while (p < end && g_ascii_isspace (*p))
        p++;
      quote = p < end && (*p == '"' || *p == '\'') ? *p++ : '\0';
      value = g_string_new (NULL);
      while (p < end && (quote != '\0' ? *p != quote : !g_ascii_isspace (*p)))
        g_string_append_c (value, *p++);
      g_string_replace (value, "&quot;", "\"", 0);
      g_string_replace (value, "&#39;", "'", 0);
      g_string_replace (value, "&#x27;", "'", 0);
      g_string_replace (value, "&lt;", "<", 0);
      g_string_replace (value, "&gt;", ">", 0);
      g_string_replace (value, "&amp;", "&", 0);
      return g_strstrip (g_string_free_and_steal (g_steal_pointer (&value)));
    }

  return NULL;
}

static char *
dup_first (const char *markup,
           const char *element,
           const char *attribute)
{
  gsize length = strlen (element);

  for (const char *p = strchr (markup, '<'); p != NULL; p = strchr (p + 1, '<'))
    {
      const char *end = strchr (p, '>');
      g_autofree char *address = NULL;

      if (end == NULL)
        return NULL;
      if (g_ascii_strncasecmp (p + 1, element, length) != 0 || !g_ascii_isspace (p[1 + length]))
        continue;
      address = dup_attribute (p + 2 + length, end, attribute);
      if (address != NULL && g_str_has_prefix (address, "//"))
        {
          g_autofree char *rest = g_steal_pointer (&address);

          address = g_strconcat ("https:", rest, NULL);
        }
      if (address != NULL && yj_web_fetch_takes (address))
        return g_steal_pointer (&address);
    }

  return NULL;
}

/**
 * yj_web_drop_dup_address_of_markup:
 * @markup: a piece of a page
 *
 * Returns: (transfer full) (nullable): the address of the first picture, clip or sound in it, else of the first link
 */
char *
yj_web_drop_dup_address_of_markup (const char *markup)
{
  static const char * const places[][2] = { { "img", "src" }, { "video", "src" }, { "audio", "src" }, { "source", "src" },
                                            { "a", "href" } };
  char *address = NULL;

  g_return_val_if_fail (markup != NULL, NULL);

  for (guint i = 0; address == NULL && i < G_N_ELEMENTS (places); i++)
    address = dup_first (markup, places[i][0], places[i][1]);
  return address;
}

/**
 * yj_web_drop_dup_address_of_text:
 * @text: (nullable): what was copied
 *
 * Returns: (transfer full) (nullable): the address, when @text is one and nothing besides
 */
char *
yj_web_drop_dup_address_of_text (const char *text)
{
  g_autofree char *address = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (address == NULL || strpbrk (address, " \t\r\n") != NULL || !yj_web_fetch_takes (address))
    return NULL;
  return g_steal_pointer (&address);
}

/**
 * yj_web_drop_dup_address:
 * @value: a %YJ_TYPE_WEB_MARKUP or %YJ_TYPE_WEB_ADDRESS
 *
 * Returns: (transfer full) (nullable): what is to be fetched
 */
char *
yj_web_drop_dup_address (const GValue *value)
{
  const char *text = g_value_get_boxed (value);
  g_auto(GStrv) lines = NULL;

  if (text == NULL)
    return NULL;
  if (G_VALUE_HOLDS (value, YJ_TYPE_WEB_MARKUP))
    return yj_web_drop_dup_address_of_markup (text);

  /* The address, then the title in a line of its own. */
  lines = g_strsplit (text, "\n", 2);
  return yj_web_drop_dup_address_of_text (lines[0]);
}
