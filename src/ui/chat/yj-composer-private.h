/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjComposer share. */
#pragma once

#include "yj-attachment-strip.h"
#include "yj-composer.h"
#include "yj-prompt-history.h"
#include "yj-prompt-menu.h"
#include "yj-prompt.h"

G_BEGIN_DECLS

struct _YjComposer
{
  GtkWidget          parent_instance;

  YjAttachmentStrip *strip;
  GtkWidget         *scroller;
  GtkTextView       *view;
  GtkWidget         *placeholder;
  GtkWidget         *tools;
  GtkStack          *button_stack;
  GtkWidget         *line_button;       /* has what is written wait for its turn */

  GSettings         *settings;
  GtkTextBuffer     *buffer;
  GtkTextTag        *chinese;
  GListStore        *attachments;       /* of YjAttachment */
  YjPromptHistory   *history;           /* while it is gone through */
  YjPromptMenu      *menu;
  GCancellable      *cancellable;
  gboolean           inserting;         /* a long text is to go in as it is */
  gboolean           silent;            /* what changes now was not written here */
  gboolean           has_preedit;
  gboolean           busy;
  gboolean           ready;
};

/* What can be sent has changed. */
void yj_composer_update             (YjComposer            *self);
/* Puts @text where the cursor is, however long it is, and the cursor behind it. */
void yj_composer_insert_text        (YjComposer            *self,
                                     const char            *text);

/* ---- attachments */
void yj_composer_init_attachments   (YjComposer            *self);
void yj_composer_choose_files       (YjComposer            *self);

/* ---- saved prompts */
void yj_composer_init_prompts       (YjComposer            *self);
void yj_composer_offer_prompts      (YjComposer            *self);
gboolean yj_composer_handle_menu    (YjComposer            *self,
                                     guint                  key,
                                     GtkEventControllerKey *controller);

/* ---- what was asked before */
gboolean yj_composer_handle_history (YjComposer            *self,
                                     guint                  key,
                                     GtkEventControllerKey *controller);

G_END_DECLS
