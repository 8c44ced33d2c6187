/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <md4c.h>

#include "yj-leaf.h"
#include "yj-markdown-source.h"

G_BEGIN_DECLS

/* Between the files that put together what the parser tells: one for blocks, one for what is in a line of them. */
typedef struct
{
  YjMarkdownSource *source;
  GPtrArray        *blocks;     /* what is made */
  GPtrArray        *open;       /* the containers that are open, borrowed; the innermost last */
  guint             skipped;    /* open containers that lie too deep to be made */

  YjBlock          *block;      /* what the text goes into, not yet in its container */
  YjLeaf           *leaf;       /* its text */
  guint             strong;     /* how many of each are open */
  guint             emphasis;
  guint             strike;
  guint             code;
  guint             images;
  GPtrArray        *links;      /* the open ones: an address, or NULL where it is none to follow */
  gsize             image_start;
  gsize             link_start;
} YjMarkdownBuilder;

void  yj_markdown_open_leaf     (YjMarkdownBuilder  *self,
                                 YjBlockKind         kind);
char *yj_markdown_dup_attribute (YjMarkdownBuilder  *self,
                                 const MD_ATTRIBUTE *attribute);

/* Callbacks of the parser; the data is a YjMarkdownBuilder. */
int   yj_markdown_enter_span_cb (MD_SPANTYPE         type,
                                 void               *detail,
                                 void               *user_data);
int   yj_markdown_leave_span_cb (MD_SPANTYPE         type,
                                 void               *detail,
                                 void               *user_data);
int   yj_markdown_text_cb       (MD_TEXTTYPE         type,
                                 const MD_CHAR      *text,
                                 MD_SIZE             size,
                                 void               *user_data);

G_END_DECLS
