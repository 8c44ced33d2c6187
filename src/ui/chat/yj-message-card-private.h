/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjMessageCard share. */
#pragma once

#include <adwaita.h>

#include "yj-facts-button.h"
#include "yj-message-card.h"
#include "yj-message-tools.h"
#include "yj-message-versions.h"
#include "yj-reasoning-view.h"
#include "yj-rich-label.h"

G_BEGIN_DECLS

struct _YjMessageCard
{
  GtkWidget       parent_instance;

  YjMessage      *message;
  YjReasoningView *reasoning;
  AdwBin         *content;
  GtkWidget      *waiting;
  GtkWidget      *stalled;
  GtkWidget      *notice;
  GtkLabel       *notice_label;
  GtkWidget      *way_out;
  GtkWidget      *try_again;
  GtkWidget      *footer;
  YjFactsButton  *facts;
  GtkWidget      *copy_button;
  GtkWidget      *go_on;
  YjMessageVersions *versions;
  YjMessageTools *tools;
  GtkWidget      *shown_before; /* what stood in content before the editor; NULL: no editor */

  YjMarkdownView *answer;       /* in content, of an answer */
  gsize           shown;        /* bytes of the answer's text in the view */
  YjRichLabel    *question;     /* in content, of a question */
  guint           update_tick;
  guint           calm_source;
  gint64          updated;      /* µs, time of the last frame with something new */
  gboolean        last;
  gboolean        was_streaming;
};

/* Puts the parts of a question where they belong. */
void yj_message_card_arrange_question (YjMessageCard *self);

G_END_DECLS
