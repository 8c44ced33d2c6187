/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-chat-page.h"
#include "yj-create-page.h"
#include "yj-gallery-page.h"
#include "yj-status-banner.h"
#include "yj-welcome-page.h"
#include "yj-window.h"

G_BEGIN_DECLS

struct _YjWindow
{
  AdwApplicationWindow parent_instance;

  YjSession         *session;
  GSettings         *settings;
  GtkWidget         *new_focus;   /* (weak) where a new place wants the keyboard's focus, while it comes into sight */
  GError            *open_error;  /* why the session could not be opened, or NULL */
  gboolean           open;
  guint              spinner_id;
  guint              present_id;  /* while it is not on the screen yet */
  gboolean           close_anyway;

  AdwToastOverlay   *toast_overlay;
  AdwNavigationView *navigation;
  YjStatusBanner    *banner;
  GtkWidget         *switcher;
  GtkWidget         *spinner;
  GtkStack          *root;
  AdwStatusPage     *failed_page;
  YjWelcomePage     *welcome_page;
  AdwViewStack      *places;
  AdwViewStackPage  *gallery_place;
  AdwBin            *chat_bin;
  AdwBin            *create_bin;
  AdwBin            *gallery_bin;
};

/* ---- the places: yj-window-places.c */

void             yj_window_open_places      (YjWindow  *self);
void             yj_window_focus_place      (YjWindow  *self);
/* Called when @bin, where a place is, comes into sight, before the keyboard's focus goes there. */
void             yj_window_place_shown      (YjWindow  *self,
                                             GtkWidget *bin);
/* Called when another place is in sight, and the focus there. */
void             yj_window_place_changed    (YjWindow  *self);
/* What is in sight is searched. */
gboolean         yj_window_find             (YjWindow  *self);
/* All of what is in sight is selected. */
gboolean         yj_window_select_all       (YjWindow  *self);
/* Whether it is in sight that a job has ended. */
gboolean         yj_window_shows_jobs       (YjWindow  *self);
/* What shows toasts over the place in sight; NULL: nothing of its own. */
AdwToastOverlay *yj_window_get_place_toasts (YjWindow  *self);

G_END_DECLS
