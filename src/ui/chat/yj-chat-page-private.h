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
/* chat.go-on, chat.version, chat.ask-waiting */
void yj_chat_page_install_messages (GtkWidgetClass *widget_class);

G_END_DECLS
