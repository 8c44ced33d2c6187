/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-create-prompt.h"
#include "yj-mention-view.h"
#include "yj-problem-list.h"
#include "yj-prompt-history.h"
#include "yj-prompt-text.h"

G_BEGIN_DECLS

/* What the parts of the prompt share: yj-create-prompt.c (the text and what is said of it), -history.c (what was
   generated before), -improve.c, -recipes.c. */
struct _YjCreatePrompt
{
  GtkWidget             parent_instance;

  GtkWidget            *frame;
  YjMentionView        *view;
  GtkEventControllerKey *keys;
  GtkLabel             *placeholder;
  GtkLabel             *counter;
  GtkWidget            *mention_button;
  GtkMenuButton        *history_button;
  GtkWidget            *sent_box;
  GtkLabel             *sent;
  YjProblemList        *problems;

  YjSession            *session;
  YjDraft              *draft;
  gulong                changed_id;
  guint                 scroll_id;
  YjPromptHistory      *history;        /* that is being gone through, or NULL */
  YjMode                history_mode;   /* that it is of */
  GtkListBox           *history_list;
  GtkMenuButton        *recipe_button;
  GtkListBox           *recipe_list;
};

void     yj_create_prompt_init_history (YjCreatePrompt        *self);
gboolean yj_create_prompt_handle_key   (YjCreatePrompt        *self,
                                        guint                  key,
                                        guint                  code,
                                        GdkModifierType        modifiers,
                                        GtkEventControllerKey *controller);
void     yj_create_prompt_clear_list   (GtkListBox            *list,
                                        const char            *text);

void     yj_create_prompt_install_improve (GtkWidgetClass     *klass);
void     yj_create_prompt_update_improve  (YjCreatePrompt     *self);
void     yj_create_prompt_install_recipes (GtkWidgetClass     *klass);
void     yj_create_prompt_init_recipes    (YjCreatePrompt     *self);
void     yj_create_prompt_load_recipes    (YjCreatePrompt     *self);

G_END_DECLS
