/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-conversation.h"
#include "yj-message-card.h"

G_BEGIN_DECLS

/* The messages of a conversation, for a GtkScrolledWindow. Properties: "model" (GListModel of YjMessage),
   "at-end" (boolean, read-only): the end of the last message is in sight. */
#define YJ_TYPE_TRANSCRIPT (yj_transcript_get_type ())
G_DECLARE_FINAL_TYPE (YjTranscript, yj_transcript, YJ, TRANSCRIPT, GtkWidget)

typedef struct _YjSelection YjSelection;

void yj_transcript_set_model     (YjTranscript *self,
                                  GListModel   *model);
void yj_transcript_take_keys     (YjTranscript *self,
                                  GtkWidget    *widget);
void yj_transcript_show_question (YjTranscript *self);
void yj_transcript_show_end      (YjTranscript *self);
void yj_transcript_show_message  (YjTranscript *self,
                                  gint64        id);
void yj_transcript_step          (YjTranscript *self,
                                  int           direction);

GListModel  *yj_transcript_get_model     (YjTranscript *self);
YjSelection *yj_transcript_get_selection (YjTranscript *self);

/* For what selects. */
GtkWidget *yj_transcript_get_row       (YjTranscript *self,
                                        guint         i);
void       yj_transcript_ensure_row    (YjTranscript *self,
                                        int           i);
void       yj_transcript_focus_message (YjTranscript *self,
                                        YjMessage    *message);
void       yj_transcript_scroll_by     (YjTranscript *self,
                                        double        distance);
void       yj_transcript_reveal        (YjTranscript *self,
                                        double        top,
                                        double        bottom);
void yj_transcript_show_row      (YjTranscript *self,
                                  guint         position,
                                  guint         row,
                                  int           below);
guint yj_transcript_get_position (YjTranscript *self);

/* What is in sight stays there when the messages behind it change. */
void yj_transcript_hold          (YjTranscript *self);
/* NULL: far from the view. */
YjMessageCard *yj_transcript_get_card (YjTranscript *self,
                                  YjMessage    *message);
YjMessage *yj_transcript_get_focused (YjTranscript *self);

G_END_DECLS
