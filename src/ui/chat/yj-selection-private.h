/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the selection itself, the pointer's part of it and the keyboard's share. */
#pragma once

#include "yj-selection.h"

G_BEGIN_DECLS

/* A place in a conversation. */
typedef struct
{
  YjMessage     *message;       /* owned; NULL: nowhere */
  YjMessagePart  part;
  YjPlace        place;
} YjMark;

typedef enum
{
  YJ_UNIT_LETTER,
  YJ_UNIT_WORD,
  YJ_UNIT_BLOCK,
} YjUnit;

struct _YjSelection
{
  GObject        parent_instance;

  YjTranscript  *transcript;    /* borrowed: it owns this */
  YjMark         anchor;        /* where it began; with words and blocks, the end of the first that lies away from focus */
  YjMark         focus;         /* where it goes to */
  YjMark         first_start;   /* the word or block it began with */
  YjMark         first_end;
  YjUnit         unit;
  gboolean       shown;         /* some row may show a part of it */
  guint          hint;          /* where the last message asked for was */

  GtkGesture    *click;         /* borrowed: the transcript's */
  GtkGesture    *drag;
  double         pointer_x;     /* px, in the transcript */
  double         pointer_y;
  guint          scroll_tick;
  gint64         scroll_time;
  double         goal_x;        /* px: where going up and down wants to stay, < 0: where the caret is */
};

void     yj_mark_set                 (YjMark        *self,
                                      const YjMark  *other);
int      yj_selection_compare        (YjSelection   *self,
                                      const YjMark  *a,
                                      const YjMark  *b);
int      yj_selection_find_message   (YjSelection   *self,
                                      YjMessage     *message);
void     yj_selection_set            (YjSelection   *self,
                                      const YjMark  *anchor,
                                      const YjMark  *focus);
void     yj_selection_offer_primary  (YjSelection   *self);
gboolean yj_selection_find_place     (YjSelection   *self,
                                      double         x,
                                      double         y,
                                      YjMark        *mark);
GPtrArray *yj_selection_get_leaves   (YjSelection   *self,
                                      YjMessage     *message,
                                      YjMessagePart  part);
gboolean yj_selection_get_caret      (YjSelection   *self,
                                      const YjMark  *mark,
                                      graphene_rect_t *caret);
void     yj_selection_expand         (YjSelection   *self,
                                      const YjMark  *mark,
                                      YjUnit         unit,
                                      YjMark        *start,
                                      YjMark        *end);
void     yj_selection_add_pointer    (YjSelection   *self);
void     yj_selection_stop_scrolling (YjSelection   *self);

G_END_DECLS
