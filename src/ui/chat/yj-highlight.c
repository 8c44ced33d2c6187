/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-highlight"

#include "yj-highlight.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

#define STEP 6000               /* characters that are read at once */

/* Names that people write behind a fence, where GtkSourceView has another. */
static const struct { const char *name; const char *id; } aliases[] = {
  { "bash", "sh" }, { "c#", "c-sharp" }, { "c++", "cpp" }, { "cc", "cpp" }, { "console", "sh" }, { "cs", "c-sharp" },
  { "csharp", "c-sharp" }, { "docker", "docker" }, { "dockerfile", "docker" }, { "golang", "go" }, { "h", "c" },
  { "hpp", "cpp" }, { "htm", "html" }, { "javascript", "js" }, { "jsonc", "json" }, { "kt", "kotlin" }, { "md", "markdown" },
  { "mjs", "js" }, { "node", "js" }, { "objc", "objc" }, { "objective-c", "objc" }, { "pl", "perl" }, { "ps1", "powershell" },
  { "py", "python3" }, { "python", "python3" }, { "r", "r" }, { "rb", "ruby" }, { "rs", "rust" }, { "sh-session", "sh" },
  { "shell", "sh" }, { "tex", "latex" }, { "ts", "typescript" }, { "tsx", "typescript-jsx" }, { "vb", "vbnet" },
  { "yml", "yaml" }, { "zsh", "sh" },
};

/* What people write behind a fence when it is in no language. */
static gboolean
is_plain (const char *name)
{
  static const char * const names[] = { "text", "txt", "plain", "plaintext", "none", "output", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

static GtkSourceLanguage *
find_language (const char *name)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  GtkSourceLanguage *language;

  if (name == NULL)
    return NULL;
  id = g_ascii_strdown (name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].name, id))
      return gtk_source_language_manager_get_language (manager, aliases[i].id);
  language = gtk_source_language_manager_get_language (manager, id);
  if (language != NULL || is_plain (id))
    return language;
  file = g_strconcat ("a.", id, NULL);
  return gtk_source_language_manager_guess_language (manager, file, NULL);
}

/**
 * yj_highlight_dup_name:
 * @language: (nullable): the word behind a fence
 *
 * Returns: (transfer full) (nullable): the name of the language for people, the word itself where it is not known, %NULL for none
 */
char *
yj_highlight_dup_name (const char *language)
{
  GtkSourceLanguage *found = find_language (language);

  if (found == NULL)
    return language == NULL || is_plain (language) ? NULL : g_strdup (language);
  return g_strdup (g_str_equal (gtk_source_language_get_id (found), "sh") ? "Shell" : gtk_source_language_get_name (found));
}

/**
 * yj_highlight_dup_file_name:
 * @language: (nullable): the word behind a fence
 *
 * Returns: (transfer full): a name for a file with code in this language, such as `code.py`; `code.txt` where it is not known
 */
char *
yj_highlight_dup_file_name (const char *language)
{
  static const struct { const char *id; const char *name; } names[] = {
    { "cpp", "code.cpp" }, { "diff", "code.diff" }, { "docker", "Dockerfile" }, { "html", "code.html" }, { "latex", "formula.tex" },
    { "makefile", "Makefile" }, { "python3", "code.py" }, { "sh", "code.sh" }, { "xml", "code.xml" },
  };
  GtkSourceLanguage *found = find_language (language);
  g_auto(GStrv) globs = found != NULL ? gtk_source_language_get_globs (found) : NULL;

  for (guint i = 0; found != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (gtk_source_language_get_id (found), names[i].id))
      return g_strdup (names[i].name);
  for (guint i = 0; globs != NULL && globs[i] != NULL; i++)
    if (g_str_has_prefix (globs[i], "*.") && strpbrk (globs[i] + 2, "*?[/") == NULL)
      return g_strconcat ("code", globs[i] + 1, NULL);
  return g_strdup ("code.txt");
}

/* The looks that tags give a piece: of two tags that say something, the later one has it. */
typedef struct
{
  GdkRGBA    foreground;
  gboolean   has_foreground;
  int        weight;
  gboolean   has_weight;
  PangoStyle style;
  gboolean   has_style;
} Looks;

static void
add_tag (Looks      *looks,
         GtkTextTag *tag)
{
  g_autoptr(GdkRGBA) foreground = NULL;
  gboolean has_foreground, has_weight, has_style;
  int weight;
  PangoStyle style;

  g_object_get (tag, "foreground-rgba", &foreground, "foreground-set", &has_foreground, "weight", &weight,
                "weight-set", &has_weight, "style", &style, "style-set", &has_style, NULL);
  if (has_foreground && foreground != NULL)
    {
      looks->foreground = *foreground;
      looks->has_foreground = TRUE;
    }
  if (has_weight)
    {
      looks->weight = weight;
      looks->has_weight = TRUE;
    }
  if (has_style)
    {
      looks->style = style;
      looks->has_style = TRUE;
    }
}

/* Pieces come from the beginning to the end, so that each goes behind the others and no list is searched.
 * @last: the one of its kind before, which grows when this goes on from it */
static void
add (PangoAttrList   *list,
     PangoAttribute **last,
     PangoAttribute  *attribute,
     guint            start,
     guint            end)
{
  if (*last != NULL && (*last)->end_index == start && pango_attribute_equal (*last, attribute))
    {
      (*last)->end_index = end;
      pango_attribute_destroy (attribute);
      return;
    }
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
  *last = attribute;
}

struct _YjHighlight
{
  GtkSourceBuffer *buffer;
  PangoAttrList   *list;
  PangoAttribute  *foreground;  /* the last of its kind, in the list */
  PangoAttribute  *weight;
  PangoAttribute  *style;
  int              at;          /* characters that are done … */
  guint            bytes;       /* … and bytes */
};

static GtkSourceBuffer *
new_buffer (GtkSourceLanguage *language)
{
  GtkSourceBuffer *buffer = gtk_source_buffer_new_with_language (language);

  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), FALSE);
  return buffer;
}

/* One for each language met: a language forgets its rules with its last buffer, and to read them again takes longer than
 * to colour a page. */
static void
remember (GtkSourceLanguage *language)
{
  static GHashTable *buffers;

  if (buffers == NULL)
    buffers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  if (!g_hash_table_contains (buffers, language))
    g_hash_table_insert (buffers, language, new_buffer (language));
}

/**
 * yj_highlight_new:
 * @language: (nullable): the word behind a fence
 * @code: the code
 * @dark: whether it is shown on dark ground
 *
 * Returns: (transfer full) (nullable): what has GtkSourceView read @code in steps, or %NULL when the language is not known
 */
YjHighlight *
yj_highlight_new (const char *language,
                  const char *code,
                  gboolean    dark)
{
  GtkSourceLanguage *found = find_language (language);
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  YjHighlight *self;

  if (found == NULL)
    return NULL;
  remember (found);
  self = g_new0 (YjHighlight, 1);
  self->buffer = new_buffer (found);
  self->list = pango_attr_list_new ();
  gtk_source_buffer_set_style_scheme (self->buffer, gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), code, -1);
  return self;
}

void
yj_highlight_free (YjHighlight *self)
{
  g_object_unref (self->buffer);
  pango_attr_list_unref (self->list);
  g_free (self);
}

/* Takes over the colours from @iter to @next, which has the same tags throughout. */
static void
take_piece (YjHighlight       *self,
            const GtkTextIter *iter,
            const GtkTextIter *next)
{
  g_autoptr(GSList) tags = gtk_text_iter_get_tags (iter);
  g_autofree char *piece = gtk_text_iter_get_slice (iter, next);
  guint start = self->bytes, stop = start + strlen (piece);
  Looks looks = { 0, };

  for (GSList *l = tags; l != NULL; l = l->next)
    add_tag (&looks, l->data);
  if (looks.has_foreground)
    add (self->list, &self->foreground, pango_attr_foreground_new (looks.foreground.red * 65535, looks.foreground.green * 65535,
                                                                   looks.foreground.blue * 65535), start, stop);
  if (looks.has_weight)
    add (self->list, &self->weight, pango_attr_weight_new (looks.weight), start, stop);
  if (looks.has_style)
    add (self->list, &self->style, pango_attr_style_new (looks.style), start, stop);
  self->bytes = stop;
}

/**
 * yj_highlight_step:
 * @self: a highlight
 *
 * Reads some lines more. A step takes less than a frame, and is best taken when nothing else waits.
 *
 * Returns: (transfer none) (nullable): attributes for a label that shows the code, once all of it has been read
 */
PangoAttrList *
yj_highlight_step (YjHighlight *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, self->at);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, self->at + STEP);
  gtk_text_iter_forward_line (&end);
  gtk_source_buffer_ensure_highlight (self->buffer, &iter, &end);
  while (gtk_text_iter_compare (&iter, &end) < 0)
    {
      GtkTextIter next = iter;

      if (!gtk_text_iter_forward_to_tag_toggle (&next, NULL) || gtk_text_iter_compare (&next, &end) > 0)
        next = end;
      take_piece (self, &iter, &next);
      iter = next;
    }
  self->at = gtk_text_iter_get_offset (&end);
  return gtk_text_iter_is_end (&end) ? self->list : NULL;
}
