/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  YJ_BLOCK_PARAGRAPH,
  YJ_BLOCK_HEADING,             /* level */
  YJ_BLOCK_CODE,                /* language */
  YJ_BLOCK_MATH,                /* display maths: its source */
  YJ_BLOCK_RULE,
  YJ_BLOCK_QUOTE,               /* children: blocks */
  YJ_BLOCK_LIST,                /* children: items; ordered, level: the first number, tight */
  YJ_BLOCK_ITEM,                /* children: blocks; task */
  YJ_BLOCK_TABLE,               /* children: cells, row by row, the header first; columns */
  YJ_BLOCK_CELL,                /* align */
} YjBlockKind;

typedef enum
{
  YJ_STYLE_PLAIN    = 0,
  YJ_STYLE_STRONG   = 1 << 0,
  YJ_STYLE_EMPHASIS = 1 << 1,
  YJ_STYLE_STRIKE   = 1 << 2,
  YJ_STYLE_CODE     = 1 << 3,
  YJ_STYLE_MATH     = 1 << 4,
  YJ_STYLE_DISPLAY  = 1 << 5,   /* with MATH, only while parsing: becomes a block of its own */
} YjStyle;

typedef enum
{
  YJ_TASK_NONE,
  YJ_TASK_OPEN,
  YJ_TASK_DONE,
} YjTask;

typedef enum
{
  YJ_ALIGN_DEFAULT,
  YJ_ALIGN_LEFT,
  YJ_ALIGN_CENTER,
  YJ_ALIGN_RIGHT,
} YjAlign;

/* A stretch of a block's text that is not plain. */
typedef struct
{
  guint    start;               /* bytes into the text */
  guint    end;
  YjStyle  style;
  char    *uri;                 /* http, https or mailto; NULL: no link */
} YjSpan;

/* Where a stretch of a block's text comes from. With as many bytes on both sides, byte stands for byte; else only the
 * whole stands for the whole, as with an entity or a formula. */
typedef struct
{
  guint text_start;             /* bytes into the text */
  guint text_end;
  gsize source_start;           /* bytes into the document */
  gsize source_end;
} YjSourceRun;

/* A piece of a document, as it is to be shown. Once made only what has nothing to do with its looks from afar changes:
 * where it comes from, and how its reader wants to see it. */
typedef struct
{
  YjBlockKind  kind;
  guint        level;
  guint        columns;
  gboolean     ordered;
  gboolean     tight;
  gboolean     fenced;          /* code that is not marked by its indent; looks the same */
  YjTask       task;
  YjAlign      align;
  char        *language;        /* NULL: none */
  char        *text;            /* plain text to show, or NULL */
  GArray      *spans;           /* of YjSpan in order, not overlapping, or NULL */
  GPtrArray   *children;        /* of YjBlock, or NULL */
  gsize        source_start;    /* bytes into the document: from its own mark, such as `## ` or `- `, … */
  gsize        source_end;      /* … to the end of its last line */
  gboolean     unfolded;        /* what the reader chose for long code or a long table; kept by whom it is shown, … */
  gboolean     wrapped;         /* … as widgets come and go */
  GArray      *runs;            /* of YjSourceRun in order, or NULL; text that is in none was made up (line ends) */
} YjBlock;

YjBlock  *yj_block_new           (YjBlockKind    kind);
YjBlock  *yj_block_ref           (YjBlock       *self);
void      yj_block_unref         (YjBlock       *self);
gboolean  yj_block_equal         (const YjBlock *a,
                                  const YjBlock *b);
void      yj_block_adopt_source  (YjBlock       *self,
                                  const YjBlock *other);
gsize     yj_block_get_source    (const YjBlock *self,
                                  guint          offset,
                                  gboolean       as_end);
GArray   *yj_block_new_spans     (void);
void      yj_block_add_child     (YjBlock       *self,
                                  YjBlock       *child);
void      yj_block_dump          (const YjBlock *self,
                                  guint          depth,
                                  GString       *target);
void      yj_block_add_plain     (const YjBlock *self,
                                  GString       *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjBlock, yj_block_unref)

G_END_DECLS
