/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The three places of the window, and the ways to them from elsewhere. Each place is made when it first comes into sight, so
   that no start waits for what nobody looks at. */

#define G_LOG_DOMAIN "yj-window"

#include "yj-window-private.h"

static void
open_place (YjWindow *self,
            AdwBin   *bin)
{
  if (self->open && adw_bin_get_child (bin) != NULL)
    g_object_set (adw_bin_get_child (bin), "session", self->session, NULL);
}

static GtkWidget *
make_place (YjWindow *self,
            AdwBin   *bin,
            GType     type)
{
  if (adw_bin_get_child (bin) == NULL)
    {
      adw_bin_set_child (bin, g_object_new (type, NULL));
      open_place (self, bin);
    }
  return adw_bin_get_child (bin);
}

static YjChatPage *
make_chat (YjWindow *self)
{
  return YJ_CHAT_PAGE (make_place (self, self->chat_bin, YJ_TYPE_CHAT_PAGE));
}

static YjCreatePage *
make_create (YjWindow *self)
{
  return YJ_CREATE_PAGE (make_place (self, self->create_bin, YJ_TYPE_CREATE_PAGE));
}

static YjGalleryPage *
make_gallery (YjWindow *self)
{
  return YJ_GALLERY_PAGE (make_place (self, self->gallery_bin, YJ_TYPE_GALLERY_PAGE));
}

void
yj_window_place_shown (YjWindow  *self,
                       GtkWidget *bin)
{
  gboolean made = adw_bin_get_child (ADW_BIN (bin)) != NULL;
  GtkWidget *focus;

  if (bin == GTK_WIDGET (self->chat_bin))
    make_chat (self);
  else if (bin == GTK_WIDGET (self->create_bin))
    make_create (self);
  else
    make_gallery (self);

  focus = gtk_root_get_focus (GTK_ROOT (self));
  g_set_weak_pointer (&self->new_focus, !made && focus != NULL && gtk_widget_is_ancestor (focus, bin) ? focus : NULL);
}

void
yj_window_place_changed (YjWindow *self)
{
  /* The stack gave the focus to the control after the one that a new place had chosen. */
  if (self->new_focus != NULL)
    gtk_widget_grab_focus (self->new_focus);
  g_clear_weak_pointer (&self->new_focus);
}

void
yj_window_open_places (YjWindow *self)
{
  open_place (self, self->chat_bin);
  open_place (self, self->create_bin);
  open_place (self, self->gallery_bin);
}

/* Chat takes the keyboard's focus when it gets its session, seen or not; out of sight no key would do anything. */
void
yj_window_focus_place (YjWindow *self)
{
  GtkWidget *place = adw_view_stack_get_visible_child (self->places);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, place))
    gtk_widget_child_focus (place, GTK_DIR_TAB_FORWARD);
}

gboolean
yj_window_find (YjWindow *self)
{
  const char *place = adw_view_stack_get_visible_child_name (self->places);

  if (!gtk_widget_get_visible (self->switcher) || adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return GDK_EVENT_PROPAGATE;

  if (g_strcmp0 (place, "chat") == 0)
    return gtk_widget_activate_action (GTK_WIDGET (make_chat (self)), "chat.find", NULL);
  if (g_strcmp0 (place, "gallery") != 0)
    return GDK_EVENT_PROPAGATE;

  adw_navigation_view_pop_to_tag (self->navigation, "main");
  yj_gallery_page_find (make_gallery (self));
  return GDK_EVENT_STOP;
}

gboolean
yj_window_select_all (YjWindow *self)
{
  const char *place = adw_view_stack_get_visible_child_name (self->places);

  if (g_strcmp0 (place, "gallery") != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self->gallery_bin)) ||
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return GDK_EVENT_PROPAGATE;

  yj_gallery_page_select_all (make_gallery (self));
  return GDK_EVENT_STOP;
}

gboolean
yj_window_shows_jobs (YjWindow *self)
{
  return adw_bin_get_child (self->create_bin) != NULL && yj_create_page_shows_jobs (make_create (self));
}

AdwToastOverlay *
yj_window_get_place_toasts (YjWindow *self)
{
  AdwToastOverlay *above = NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self->chat_bin)))
    above = yj_chat_page_get_toasts (make_chat (self));
  else if (gtk_widget_get_mapped (GTK_WIDGET (self->create_bin)))
    above = yj_create_page_get_toasts (make_create (self));

  return above != NULL && gtk_widget_get_mapped (GTK_WIDGET (above)) ? above : NULL;
}

/**
 * yj_window_show_place:
 * @self: a window
 * @place: `chat`, `create` or `gallery`
 *
 * Goes to a place, leaving whatever page lies over it.
 */
void
yj_window_show_place (YjWindow   *self,
                      const char *place)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (place != NULL);

  adw_navigation_view_pop_to_tag (self->navigation, "main");
  adw_view_stack_set_visible_child_name (self->places, place);
}

/**
 * yj_window_show_draft:
 * @self: a window
 * @draft: what is to be made
 *
 * Opens a draft in Create.
 */
void
yj_window_show_draft (YjWindow *self,
                      YjDraft  *draft)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (YJ_IS_DRAFT (draft));

  yj_window_show_place (self, "create");
  yj_create_page_set_draft (make_create (self), draft);
}

/**
 * yj_window_use_prompt:
 * @self: a window
 * @prompt: a text
 *
 * Opens Create with this prompt and all else as it is.
 */
void
yj_window_use_prompt (YjWindow   *self,
                      const char *prompt)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (prompt != NULL);

  yj_window_show_place (self, "create");
  yj_create_page_set_prompt (make_create (self), prompt);
}

/**
 * yj_window_add_files:
 * @self: a window
 * @files: a list of `GFile`
 *
 * Opens Create and attaches the files where they fit.
 */
void
yj_window_add_files (YjWindow   *self,
                     GListModel *files)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  yj_window_show_place (self, "create");
  yj_create_page_add_files (make_create (self), files);
}

/**
 * yj_window_show_job:
 * @self: a window
 * @job: a job
 *
 * Opens the page of a job in Gallery.
 */
void
yj_window_show_job (YjWindow *self,
                    YjJob    *job)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (YJ_IS_JOB (job));

  yj_window_show_place (self, "gallery");
  yj_gallery_page_open (make_gallery (self), job);
}

/**
 * yj_window_show_conversation:
 * @self: a window
 * @conversation: a conversation of the session's library
 * @words: what it was found by, or empty
 *
 * Opens a conversation in Chat, where it has @words.
 */
void
yj_window_show_conversation (YjWindow       *self,
                             YjConversation *conversation,
                             const char     *words)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (words != NULL);

  yj_window_show_place (self, "chat");
  yj_chat_page_open_at (make_chat (self), conversation, words);
}

/**
 * yj_window_search:
 * @self: a window
 * @place: `chat` or `gallery`
 * @words: what to look for
 *
 * Goes to a place and looks for @words there.
 */
void
yj_window_search (YjWindow   *self,
                  const char *place,
                  const char *words)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (words != NULL);

  yj_window_show_place (self, place);
  if (g_str_equal (place, "chat"))
    yj_chat_page_search (make_chat (self), words);
  else
    yj_gallery_page_search (make_gallery (self), words);
}

/**
 * yj_window_remove_job:
 * @self: a window
 * @job: a job
 *
 * Throws a job into the trash, with an undo in a toast.
 */
void
yj_window_remove_job (YjWindow *self,
                      YjJob    *job)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();

  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (YJ_IS_JOB (job));

  adw_navigation_view_pop_to_tag (self->navigation, "main");
  g_ptr_array_add (jobs, job);
  yj_gallery_page_remove (make_gallery (self), jobs);
}
