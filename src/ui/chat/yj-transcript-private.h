/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjTranscript share. */
#pragma once

#include "yj-anchor.h"
#include "yj-heights.h"
#include "yj-transcript.h"

G_BEGIN_DECLS

#define YJ_TRANSCRIPT_MARGIN 15         /* px, at the sides, the top and the bottom */
#define YJ_TRANSCRIPT_SPACING 22
#define YJ_TRANSCRIPT_MAX_WIDTH 760
#define YJ_TRANSCRIPT_NOT_BUILT (G_MININT / 2)

typedef struct
{
  YjMessage *message;
  GtkWidget *row;               /* NULL: far from the view */
  double     area;              /* px², of its text, measured or guessed: what another width makes its height of */
} YjTranscriptItem;

/* What the view is kept by. */
typedef enum
{
  YJ_KEPT_BY_PLACE,             /* a place in a message is at the upper edge */
  YJ_KEPT_BY_QUESTION,          /* the question that was asked stays at the upper edge, with room below for the answer */
  YJ_KEPT_BY_END,               /* the end is at the lower edge */
} YjKept;

struct _YjTranscript
{
  GtkWidget            parent_instance;

  GListModel          *model;
  GArray              *items;
  YjHeights           *heights;         /* of the items, with the space below each but the last */
  GtkAdjustment       *hadjustment;
  GtkAdjustment       *vadjustment;
  GtkScrollablePolicy  hscroll_policy;
  GtkScrollablePolicy  vscroll_policy;
  int                  row_width;

  YjKept               kept;
  guint                top;             /* the message at the upper edge … */
  YjAnchor             anchor;          /* … and the place in it */
  int                  asked;           /* the question that may go to the top of the view; -1: none */
  gint64               awaited;         /* id of a message to go to when it comes; 0: none */
  gboolean             at_end;
  gboolean             configuring;
  gboolean             unsettled;       /* a card has grown in this frame */
  guint                build_tick;
  guint                at_end_source;
  int                  built_value;     /* px, of the view at the last look at what is near it */
  int                  built_height;
  YjSelection         *selection;
};

/* ---- where things are, px */
int      yj_transcript_get_content_height (YjTranscript *self);
int      yj_transcript_get_upper          (YjTranscript *self,
                                           int           page);
int      yj_transcript_get_value          (YjTranscript *self,
                                           int           page);
void     yj_transcript_keep_by            (YjTranscript *self,
                                           int           value);

/* ---- layout */
void     yj_transcript_size_allocate      (GtkWidget    *widget,
                                           int           width,
                                           int           height,
                                           int           baseline);
void     yj_transcript_snapshot           (GtkWidget    *widget,
                                           GtkSnapshot  *snapshot);
void     yj_transcript_watch              (YjTranscript *self,
                                           GdkFrameClock *clock);
void     yj_transcript_unwatch            (YjTranscript *self,
                                           GdkFrameClock *clock);
/* It has grown in this frame. */
void     yj_transcript_card_updated       (YjTranscript *self);

/* ---- rows */
YjTranscriptItem *yj_transcript_get_item  (YjTranscript *self,
                                           guint         i);
void     yj_transcript_splice_items       (YjTranscript *self,
                                           guint         position,
                                           guint         removed,
                                           guint         added);
void     yj_transcript_scale_heights      (YjTranscript *self);
void     yj_transcript_measure_rows       (YjTranscript *self);
void     yj_transcript_build              (YjTranscript *self);
gboolean yj_transcript_has_moved          (YjTranscript *self,
                                           int           value,
                                           int           page);
void     yj_transcript_show_rows          (YjTranscript *self,
                                           int           height);

/* ---- the keyboard */
void     yj_transcript_install_keys       (GtkWidgetClass *widget_class);

G_END_DECLS
