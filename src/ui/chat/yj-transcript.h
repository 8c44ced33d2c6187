/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The messages of a conversation, for a GtkScrolledWindow. Properties: "model" (GListModel of YjMessage),
   "at-end" (boolean, read-only): the end of the last message is in sight. */
#define YJ_TYPE_TRANSCRIPT (yj_transcript_get_type ())
G_DECLARE_FINAL_TYPE (YjTranscript, yj_transcript, YJ, TRANSCRIPT, GtkWidget)

void yj_transcript_set_model     (YjTranscript *self,
                                  GListModel   *model);
void yj_transcript_show_question (YjTranscript *self);
void yj_transcript_show_end      (YjTranscript *self);
void yj_transcript_show_message  (YjTranscript *self,
                                  gint64        id);

G_END_DECLS
