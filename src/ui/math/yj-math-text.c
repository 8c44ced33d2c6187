/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-text"

#include <string.h>

#include "yj-math-layout.h"
#include "yj-text.h"

/* Letters and signs of formulas, by Pango. */

/* Where one of them is installed its letters are made for formulas or at least go with them. Named and not only called
 * serif, as under a Chinese locale that is a Chinese font, with signs as wide as ideographs. */
#define SERIF "STIX Two Text,Latin Modern Roman,Libertinus Serif,Liberation Serif,Tinos,Noto Serif,DejaVu Serif,serif"

/* Styles of letters that Unicode has as characters of their own, some of them at other places. */
static const struct
{
  YjMathVariant  variant;
  gunichar       upper;
  gunichar       lower;
  gunichar       digits;
  const char    *exceptions;    /* letter and character in turn */
  YjMathVariant  fallback;      /* where no font has them */
} alphabets[] = {
  { YJ_MATH_DOUBLE_STRUCK, 0x1d538, 0x1d552, 0x1d7d8, "CℂHℍNℕPℙQℚRℝZℤ", YJ_MATH_BOLD },
  { YJ_MATH_CALLIGRAPHIC, 0x1d49c, 0x1d4b6, 0, "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ", YJ_MATH_ITALIC },
  { YJ_MATH_FRAKTUR, 0x1d504, 0x1d51e, 0, "CℭHℌIℑRℜZℨ", YJ_MATH_BOLD },
};

static gunichar
find_letter (guint    alphabet,
             gunichar c)
{
  const char *exception = c < 0x80 ? strchr (alphabets[alphabet].exceptions, c) : NULL;

  if (exception != NULL && c != 0)
    return g_utf8_get_char (exception + 1);
  if (c >= 'A' && c <= 'Z')
    return alphabets[alphabet].upper + c - 'A';
  if (c >= 'a' && c <= 'z')
    return alphabets[alphabet].lower + c - 'a';
  if (c >= '0' && c <= '9' && alphabets[alphabet].digits != 0)
    return alphabets[alphabet].digits + c - '0';
  return c;
}

static char *
map_letters (const char    *text,
             YjMathVariant  variant)
{
  GString *mapped = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (alphabets); i++)
    if (alphabets[i].variant == variant)
      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        g_string_append_unichar (mapped, find_letter (i, g_utf8_get_char (p)));
  return g_string_free_and_steal (mapped);
}

static YjMathVariant
fallback_of (YjMathVariant variant)
{
  for (guint i = 0; i < G_N_ELEMENTS (alphabets); i++)
    if (alphabets[i].variant == variant)
      return alphabets[i].fallback;
  return variant;
}

/* Latin letters and small Greek ones lean; all else stands. */
static gboolean
is_leaning (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  return g_ascii_isalpha (c) || (c >= 0x3b1 && c <= 0x3c9) || (c >= 0x3d0 && c <= 0x3f5) || c == 0x131 || c == 0x237;
}

static PangoFontDescription *
describe_font (YjMathSetter     *self,
               const YjMathNode *node,
               YjMathVariant     variant,
               double            size)
{
  PangoFontDescription *font = pango_font_description_new ();
  gboolean leans = variant == YJ_MATH_ITALIC || variant == YJ_MATH_BOLD_ITALIC;

  if (variant == YJ_MATH_MONOSPACE)
    pango_font_description_set_family (font, "monospace");
  else if (node->kind == YJ_MATH_TEXT || variant == YJ_MATH_SANS)
    pango_font_description_set_family (font, pango_font_description_get_family (pango_context_get_font_description (self->context)));
  else
    pango_font_description_set_family (font, SERIF);
  if (leans && node->class != YJ_MATH_OPERATOR && (node->kind == YJ_MATH_TEXT || is_leaning (node->text)))
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  if (variant == YJ_MATH_BOLD || variant == YJ_MATH_BOLD_ITALIC)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  return font;
}

static PangoLayout *
create_layout (YjMathSetter     *self,
               const YjMathNode *node,
               YjMathVariant     variant,
               double            size)
{
  PangoLayout *layout = pango_layout_new (self->context);
  YjMathVariant fallback = fallback_of (variant);
  g_autoptr(PangoFontDescription) font = NULL;

  if (fallback != variant)
    {
      g_autofree char *mapped = map_letters (node->text, variant);

      font = describe_font (self, node, YJ_MATH_UPRIGHT, size);
      pango_layout_set_font_description (layout, font);
      pango_layout_set_text (layout, mapped, -1);
      if (pango_layout_get_unknown_glyphs_count (layout) == 0)
        return layout;
      g_clear_pointer (&font, pango_font_description_free);
    }
  font = describe_font (self, node, node->kind == YJ_MATH_TEXT && variant == YJ_MATH_ITALIC && yj_text_has_han (node->text) ? YJ_MATH_UPRIGHT : fallback, size);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, node->text, -1);
  if (yj_text_get_language (node->text) != NULL)
    {
      g_autoptr(PangoAttrList) list = pango_attr_list_new ();

      pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string (yj_text_get_language (node->text))));
      pango_layout_set_attributes (layout, list);
    }
  return layout;
}

/**
 * yj_math_set_text:
 * @self: a setter
 * @node: an atom, or words
 * @style: how small it is
 * @scale: times its size, for operators that are larger
 *
 * Returns: (transfer full): what is written, as high as its ink
 */
YjMathBox *
yj_math_set_text (YjMathSetter     *self,
                  const YjMathNode *node,
                  int               style,
                  double            scale)
{
  YjMathBox *box = yj_math_box_new ();
  PangoRectangle ink, logical;

  self->boxes++;
  box->layout = create_layout (self, node, node->variant, yj_math_em (self, style) * scale);
  pango_layout_get_extents (box->layout, &ink, &logical);
  box->baseline = (double) pango_layout_get_baseline (box->layout) / PANGO_SCALE;
  box->width = (double) logical.width / PANGO_SCALE;
  if (ink.height > 0)
    {
      box->ascent = box->baseline - (double) ink.y / PANGO_SCALE;
      box->descent = (double) (ink.y + ink.height) / PANGO_SCALE - box->baseline;
      box->italic = MAX (0, (double) (ink.x + ink.width - logical.width) / PANGO_SCALE);
    }
  return box;
}
