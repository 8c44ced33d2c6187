/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The saved prompts, offered while `/` and a part of a name are written. Signal "chosen" (YjPrompt): that one;
   without one: all of them are to be shown. */
#define YJ_TYPE_PROMPT_MENU (yj_prompt_menu_get_type ())
G_DECLARE_FINAL_TYPE (YjPromptMenu, yj_prompt_menu, YJ, PROMPT_MENU, GtkPopover)

YjPromptMenu *yj_prompt_menu_new         (void);
void          yj_prompt_menu_set_prompts (YjPromptMenu *self,
                                          GListModel   *prompts);
void          yj_prompt_menu_offer       (YjPromptMenu *self,
                                          const char   *sought);
void          yj_prompt_menu_move        (YjPromptMenu *self,
                                          int           by);
void          yj_prompt_menu_choose      (YjPromptMenu *self);

G_END_DECLS
