/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjChatPage share. */
#pragma once

#include "yj-chat-page.h"
#include "yj-composer.h"
#include "yj-conversation-list.h"
#include "yj-find-bar.h"
#include "yj-model-button.h"
#include "yj-transcript.h"
#include "yj-waiting-line.h"

G_BEGIN_DECLS

struct _YjChatPage
{
  AdwBin                  parent_instance;

  AdwNavigationSplitView *split_view;
  YjConversationList     *conversations;
  AdwNavigationPage      *content_page;
  AdwToastOverlay        *toasts;
  GtkStack               *stack;
  YjTranscript           *transcript;
  YjFindBar              *find_bar;
  GtkWidget              *end_button;
  GtkWidget              *key_card;
  YjWaitingLine          *waiting_line;
  YjComposer             *composer;
  YjModelButton          *model_button;
  GtkWidget              *system_button;

  GSettings              *settings;
  YjSession              *session;
  YjConversation         *conversation; /* NULL: a new one that holds nothing yet */
  GCancellable           *loading;
  gint64                  hit;          /* a message to go to once it is here; 0: none */
  char                   *hit_words;    /* that are in it */
  guint                   draft_source;
};

void yj_chat_page_show_error     (YjChatPage   *self,
                                  const GError *error);

/* ---- the conversation that is open */
/* After it has got its first message, or lost its last. */
void yj_chat_page_update_stack   (YjChatPage *self);
void yj_chat_page_update_system_prompt (YjChatPage *self);
/* It is a new one, or another. */
void yj_chat_page_watch_conversation (YjChatPage *self);
/* After what can be asked has changed. */
void yj_chat_page_update_busy    (YjChatPage *self);
/* The conversation is another one. */
void yj_chat_page_update_waiting (YjChatPage *self);
/* Whether the last answer can be gone on with. */
void yj_chat_page_update_go_on   (YjChatPage *self);
/* Says in the transcript where the history begins. */
void yj_chat_page_update_history (YjChatPage *self);
/* Has what is written wait for its turn. */
void yj_chat_page_wait_in_line   (YjChatPage *self,
                                  const char *text);
/* Takes away what waits; FALSE: nothing does. */
gboolean yj_chat_page_clear_line (YjChatPage *self);
/* If @message failed and the answer before it was put back, says why. */
void yj_chat_page_tell_taken_back (YjChatPage *self,
                                  YjMessage  *message);

/* ---- what is being written */
/* The one that is open; what is written begins one if it is none yet. */
YjConversation *yj_chat_page_need_conversation (YjChatPage *self);
/* Stores what is in the composer, if that is not stored yet. */
void yj_chat_page_store_draft    (YjChatPage *self);
void yj_chat_page_load_attachments (YjChatPage *self);
void yj_chat_page_drop_attachments (YjChatPage *self);

/* Goes to what a search found, once the conversation is here. */
void yj_chat_page_show_hit       (YjChatPage *self);
/* What comes of what was asked. */
void yj_chat_page_watch_chat     (YjChatPage *self);

/* The actions, and what the template calls, of each file. */
void yj_chat_page_install_messages (GtkWidgetClass *widget_class);
void yj_chat_page_install_draft  (GtkWidgetClass *widget_class);
void yj_chat_page_install_settings (GtkWidgetClass *widget_class);
void yj_chat_page_install_find   (GtkWidgetClass *widget_class);
void yj_chat_page_install_asking (GtkWidgetClass *widget_class);

G_END_DECLS
