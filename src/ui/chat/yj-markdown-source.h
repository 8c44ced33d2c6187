/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "yj-text.h"

G_BEGIN_DECLS

/* Noncharacters that never come from outside, because yj_text_neutralise () takes them out. */
#define YJ_SOURCE_JOINER     0xfdd0     /* put beside an emphasis mark; means nothing */
#define YJ_SOURCE_MATH_BEGIN 0xfdd1     /* then the decimal number of a formula */
#define YJ_SOURCE_MATH_END   0xfdd2
#define YJ_SOURCE_TILDE      0xfdd3     /* a tilde that is no mark */
/* As the joiner, where punctuation is asked for; a parser knows no noncharacter that is some, so this is taken out too. */
#define YJ_SOURCE_STOP       YJ_TEXT_STOP

typedef struct
{
  char     *source;             /* as written, with its delimiters */
  gsize     start;              /* bytes into the original text */
  gsize     end;
  gboolean  display;            /* on lines of its own */
} YjMath;

/* From here on, up to the next one, the two texts go along side by side. */
typedef struct
{
  gsize at;                     /* bytes into what is parsed */
  gsize original;
} YjSourceStep;

/* What the parser is given in place of a text, and the way back. */
typedef struct
{
  GString *text;
  GArray  *maths;               /* of YjMath */
  GArray  *steps;               /* of YjSourceStep */
} YjMarkdownSource;

YjMarkdownSource *yj_markdown_source_new     (const char             *text,
                                              gsize                   length);
void              yj_markdown_source_free    (YjMarkdownSource       *self);
const YjMath     *yj_markdown_source_math    (const YjMarkdownSource *self,
                                              const char            **p,
                                              const char             *end);
gunichar          yj_markdown_source_own       (const char             *p);
gsize             yj_markdown_source_find_open (const char          *text,
                                                gsize                length);
gsize             yj_markdown_source_locate  (const YjMarkdownSource *self,
                                              gsize                   at);
void              yj_markdown_source_restore (const YjMarkdownSource *self,
                                              const char             *text,
                                              gsize                   length,
                                              GString                *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMarkdownSource, yj_markdown_source_free)

G_END_DECLS
