/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-markdown-inline"

#include "yj-markdown-builder.h"

#include <string.h>

#include "yj-entities.h"
#include "yj-link.h"
#include "yj-text.h"

typedef YjMarkdownBuilder Builder;

/* ---- text into the open leaf */

static YjStyle
current_style (const Builder *self)
{
  return (self->strong > 0 ? YJ_STYLE_STRONG : 0) | (self->emphasis > 0 ? YJ_STYLE_EMPHASIS : 0) |
         (self->strike > 0 ? YJ_STYLE_STRIKE : 0) | (self->code > 0 ? YJ_STYLE_CODE : 0);
}

/* The outermost: a picture in a link leads where the link leads. */
static const char *
current_link (const Builder *self)
{
  for (guint i = 0; i < self->links->len; i++)
    if (g_ptr_array_index (self->links, i) != NULL)
      return g_ptr_array_index (self->links, i);
  return NULL;
}

/* Where a piece that the parser gave stands in the original; the parser makes some up, such as line ends. */
static gboolean
locate (const Builder *self,
        const char    *text,
        gsize          length,
        gsize         *start,
        gsize         *end)
{
  const GString *parsed = self->source->text;

  if (text < parsed->str || text + length > parsed->str + parsed->len)
    return FALSE;
  *start = yj_markdown_source_locate (self->source, text - parsed->str);
  *end = yj_markdown_source_locate (self->source, text + length - parsed->str);
  return TRUE;
}

/* @text: what became of it is all that the leaf has got since @start. */
static void
add_run (Builder    *self,
         guint       start,
         const char *text,
         gsize       length)
{
  gsize from, to;

  if (locate (self, text, length, &from, &to))
    yj_leaf_add_run (self->leaf, start, from, to);
}

/* What the quotes and lists around a formula put at the beginning of its lines is none of it. */
static void
strip_marks (Builder *self,
              guint    start)
{
  GString *text = self->leaf->text;
  guint quotes = 0;

  for (guint i = 0; i < self->open->len; i++)
    quotes += ((YjBlock *) g_ptr_array_index (self->open, i))->kind == YJ_BLOCK_QUOTE;
  for (gsize at = start; self->open->len > 0 && at < text->len; at++)
    {
      gsize end = at + 1;

      if (text->str[at] != '\n')
        continue;
      for (guint i = 0; i < quotes; i++)
        {
          gsize mark = end + strspn (text->str + end, " \t");

          if (text->str[mark] == '>')
            end = mark + 1;
        }
      end += strspn (text->str + end, " \t");
      g_string_erase (text, at + 1, end - at - 1);
    }
}

/* Formulas stay as they were written, delimiters and all: what draws them knows TeX, and what copies them copies this. */
static void
add_math (Builder      *self,
          const YjMath *math)
{
  guint start = self->leaf->text->len;

  g_string_append (self->leaf->text, math->source);
  strip_marks (self, start);
  if (self->block->kind == YJ_BLOCK_PARAGRAPH && math->display && self->links->len == 0)
    yj_leaf_add_span (self->leaf, start, YJ_STYLE_MATH | YJ_STYLE_DISPLAY, NULL);
  else
    {
      g_strdelimit (self->leaf->text->str + start, "\n", ' ');
      yj_leaf_add_span (self->leaf, start, current_style (self) | YJ_STYLE_MATH, current_link (self));
    }
  yj_leaf_add_run (self->leaf, start, math->start, math->end);
}

/* Addresses that the parser left as text, such as those right behind a Chinese letter. */
static void
add_words (Builder    *self,
           const char *words,
           gsize       length)
{
  const char *p = words;
  const char *end = words + length;
  const char *start;
  gsize n;

  while (self->links->len == 0 && self->code == 0 && (start = yj_link_find (p, end - p, &n)) != NULL)
    {
      guint at = self->leaf->text->len;
      g_autofree char *address = g_strndup (start, n);
      g_autofree char *uri = yj_link_normalise (address);

      g_string_append_len (self->leaf->text, p, start - p);
      yj_leaf_add_span (self->leaf, at, current_style (self), NULL);
      add_run (self, at, p, start - p);
      at = self->leaf->text->len;
      g_string_append (self->leaf->text, address);
      add_run (self, at, start, n);
      yj_leaf_add_span (self->leaf, at, current_style (self), uri);
      p = start + n;
    }
  if (p < end)
    {
      guint at = self->leaf->text->len;

      g_string_append_len (self->leaf->text, p, end - p);
      yj_leaf_add_span (self->leaf, at, current_style (self), current_link (self));
      add_run (self, at, p, end - p);
    }
}

static gsize
match_break (const char *p,
             const char *end)
{
  static const char * const breaks[] = { "<br>", "<br/>", "<br />" };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      gsize length = strlen (breaks[i]);

      if ((gsize) (end - p) >= length && g_ascii_strncasecmp (p, breaks[i], length) == 0)
        return length;
    }
  return 0;
}

static void
add_code (Builder    *self,
          const char *text,
          gsize       length)
{
  gsize start = self->leaf->text->len;

  yj_markdown_source_restore (self->source, text, length, self->leaf->text);
  /* Within a table a bar in code has to be escaped, and GFM takes the backslash away. */
  if (self->block->kind == YJ_BLOCK_CELL)
    {
      g_autoptr(GString) code = g_string_new (self->leaf->text->str + start);

      g_string_replace (code, "\\|", "|", 0);
      g_string_truncate (self->leaf->text, start);
      g_string_append (self->leaf->text, code->str);
    }
}

/* Plain text: our own marks go, formulas come back, and the one HTML tag that has no Markdown becomes what it means. */
static void
add_normal (Builder    *self,
            const char *text,
            gsize       length)
{
  const char *p = text;
  const char *end = text + length;
  const char *run = p;

  while (p < end)
    {
      gsize n = *p == '<' ? match_break (p, end) : 0;
      gunichar c = n == 0 ? yj_markdown_source_own (p) : 0;

      if (n == 0 && c == 0)
        {
          p++;
          continue;
        }
      add_words (self, run, p - run);
      if (n > 0)
        {
          g_string_append_c (self->leaf->text, '\n');
          add_run (self, self->leaf->text->len - 1, p, n);
          p += n;
        }
      else if (c == YJ_SOURCE_MATH_BEGIN)
        {
          const YjMath *math = yj_markdown_source_math (self->source, &p, end);

          if (math != NULL)
            add_math (self, math);
        }
      else if (c == YJ_SOURCE_TILDE)
        {
          const char *next = g_utf8_next_char (p);
          guint at = self->leaf->text->len;

          g_string_append_c (self->leaf->text, '~');
          yj_leaf_add_span (self->leaf, at, current_style (self), current_link (self));
          add_run (self, at, p, next - p);
          p = next;
        }
      else
        p = g_utf8_next_char (p);
      run = p;
    }
  add_words (self, run, end - run);
}

static void
add_entity (const char *text,
            gsize       length,
            GString    *target)
{
  gunichar c = yj_entity_decode (text, length);

  if (c != 0)
    g_string_append_unichar (target, yj_text_neutral_char (c));
  else
    g_string_append_len (target, text, length);
}

/* ---- what the parser tells */

void
yj_markdown_open_leaf (Builder     *self,
                       YjBlockKind  kind)
{
  self->block = yj_block_new (kind);
  yj_leaf_clear (self->leaf);
  self->strong = self->emphasis = self->strike = self->code = self->images = 0;
  g_ptr_array_set_size (self->links, 0);
}

char *
yj_markdown_dup_attribute (Builder            *self,
                           const MD_ATTRIBUTE *attribute)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; attribute->text != NULL && attribute->substr_offsets[i] < attribute->size; i++)
    {
      const char *part = attribute->text + attribute->substr_offsets[i];
      gsize length = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];

      if (attribute->substr_types[i] == MD_TEXT_ENTITY)
        add_entity (part, length, text);
      else
        yj_markdown_source_restore (self->source, part, length, text);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The text of a tight list item comes without a paragraph around it. */
static void
need_leaf (Builder *self)
{
  if (self->block == NULL)
    yj_markdown_open_leaf (self, YJ_BLOCK_PARAGRAPH);
}

static void
open_link (Builder            *self,
           const MD_ATTRIBUTE *attribute)
{
  g_autofree char *address = yj_markdown_dup_attribute (self, attribute);

  g_ptr_array_add (self->links, yj_link_normalise (address));
}

int
yj_markdown_enter_span_cb (MD_SPANTYPE  type,
                           void        *detail,
                           void        *user_data)
{
  Builder *self = user_data;

  need_leaf (self);
  switch (type)
    {
    case MD_SPAN_STRONG:
      self->strong++;
      break;
    case MD_SPAN_EM:
      self->emphasis++;
      break;
    case MD_SPAN_DEL:
      self->strike++;
      break;
    case MD_SPAN_CODE:
      self->code++;
      break;
    case MD_SPAN_A:
      open_link (self, &((MD_SPAN_A_DETAIL *) detail)->href);
      self->link_start = self->leaf->text->len;
      break;
    case MD_SPAN_IMG:
      open_link (self, &((MD_SPAN_IMG_DETAIL *) detail)->src);
      if (self->images++ == 0)
        self->image_start = self->leaf->text->len;
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
      break;
    }
  return 0;
}

/* A picture is shown as a link to it; one without a description, and a link without words, still has to be something to
 * click. */
static void
name_link (Builder *self,
           gsize    start)
{
  const char *uri = current_link (self);
  g_autofree char *host = NULL;

  if (self->leaf->text->len != start || uri == NULL)
    return;
  host = yj_link_dup_host (uri);
  g_string_append (self->leaf->text, host);
  yj_leaf_add_span (self->leaf, start, current_style (self), uri);
}

static void
leave (guint *open)
{
  if (*open > 0)
    (*open)--;
}

static void
leave_link (Builder *self,
            gsize    start)
{
  if (self->links->len == 0)
    return;
  name_link (self, start);
  g_ptr_array_set_size (self->links, self->links->len - 1);
}

/* Where links and pictures lie across each other, the parser has been seen to leave what it never entered. */
int
yj_markdown_leave_span_cb (MD_SPANTYPE  type,
                           void        *detail,
                           void        *user_data)
{
  Builder *self = user_data;

  need_leaf (self);
  switch (type)
    {
    case MD_SPAN_STRONG:
      leave (&self->strong);
      break;
    case MD_SPAN_EM:
      leave (&self->emphasis);
      break;
    case MD_SPAN_DEL:
      leave (&self->strike);
      break;
    case MD_SPAN_CODE:
      leave (&self->code);
      break;
    case MD_SPAN_IMG:
      leave (&self->images);
      leave_link (self, self->images == 0 ? self->image_start : G_MAXSIZE);
      break;
    case MD_SPAN_A:
      leave_link (self, self->link_start);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
      break;
    }
  return 0;
}

int
yj_markdown_text_cb (MD_TEXTTYPE    type,
                     const MD_CHAR *text,
                     MD_SIZE        size,
                     void          *user_data)
{
  Builder *self = user_data;
  guint start;

  need_leaf (self);
  start = self->leaf->text->len;
  switch (type)
    {
    case MD_TEXT_NORMAL:
    case MD_TEXT_HTML:
      add_normal (self, text, size);
      return 0;
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
      add_code (self, text, size);
      break;
    case MD_TEXT_ENTITY:
      add_entity (text, size, self->leaf->text);
      break;
    case MD_TEXT_NULLCHAR:
      g_string_append_unichar (self->leaf->text, 0xfffd);
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
      /* In a chat a new line is meant; between Chinese letters a space would be wrong anyway. */
      g_string_append_c (self->leaf->text, self->block->kind == YJ_BLOCK_HEADING ? ' ' : '\n');
      break;
    }
  yj_leaf_add_span (self->leaf, start, current_style (self), current_link (self));
  add_run (self, start, text, size);
  return 0;
}
