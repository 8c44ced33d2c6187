/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-composer"

#include "yj-composer-private.h"

#include <string.h>

#include "yj-text.h"

#define MAX_LINES 8
#define MAX_TAGGED 20000        /* bytes; a longer text is not looked through at each key */

typedef enum
{
  PROP_BUSY = 1,
} YjComposerProps;

enum
{
  CHANGED,
  ATTACHED,
  FAILED,
  HISTORY,
  PROMPT,
  SEND,
  STOP,
  N_SIGNALS,
};

static GParamSpec *props[PROP_BUSY + 1];
static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;

static void
add_child (GtkBuildable *buildable,
           GtkBuilder   *builder,
           GObject      *child,
           const char   *type)
{
  YjComposer *self = YJ_COMPOSER (buildable);

  if (g_strcmp0 (type, "tool") == 0)
    gtk_box_append (GTK_BOX (self->tools), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YjComposer, yj_composer, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

/* ---- the text */

static gboolean
is_blank (YjComposer *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  while (!gtk_text_iter_is_end (&iter))
    {
      if (!g_unichar_isspace (gtk_text_iter_get_char (&iter)))
        return FALSE;
      gtk_text_iter_forward_char (&iter);
    }
  return TRUE;
}

void
yj_composer_update (YjComposer *self)
{
  gboolean blank = is_blank (self) && g_list_model_get_n_items (G_LIST_MODEL (self->attachments)) == 0;

  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0 && !self->has_preedit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", self->ready && !blank);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.stop", self->busy);
}

/* Lines are as high as what stands in them: where the eighth one ends is as far as it grows. */
static void
update_max_height (YjComposer *self)
{
  int height = gtk_text_view_get_top_margin (self->view) + gtk_text_view_get_bottom_margin (self->view);
  GtkTextIter iter;
  GdkRectangle line;

  /* Where a line begins is not known yet right after a change; how high it is, is. */
  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  for (guint i = 1; ; i++)
    {
      gtk_text_view_get_iter_location (self->view, &iter, &line);
      height += line.height;
      if (i == MAX_LINES)
        break;
      if (!gtk_text_view_forward_display_line (self->view, &iter))
        return;
    }
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), height);
}

static void
update_language (YjComposer *self)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  if (gtk_text_buffer_get_char_count (self->buffer) > MAX_TAGGED)
    return;
  text = yj_composer_dup_text (self);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  if (yj_text_get_language (text) != NULL)
    gtk_text_buffer_apply_tag (self->buffer, self->chinese, &start, &end);
  else
    gtk_text_buffer_remove_tag (self->buffer, self->chinese, &start, &end);
}

static void
buffer_changed_cb (YjComposer *self)
{
  if (self->silent)
    return;
  yj_composer_update (self);
  update_language (self);
  update_max_height (self);
  yj_composer_offer_prompts (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
cursor_moved_cb (YjComposer *self)
{
  if (!self->silent)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
preedit_changed_cb (YjComposer *self,
                    const char *preedit)
{
  self->has_preedit = preedit != NULL && *preedit != '\0';
  yj_composer_update (self);
}

/* ---- keys */

static gboolean
key_pressed_cb (YjComposer            *self,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  gboolean enter_sends;
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0;
  gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) == 0 && yj_composer_handle_menu (self, key, controller))
    return TRUE;
  if ((key == GDK_KEY_Up || key == GDK_KEY_Down || key == GDK_KEY_KP_Up || key == GDK_KEY_KP_Down) &&
      (modifiers & gtk_accelerator_get_default_mod_mask ()) == 0)
    return yj_composer_handle_history (self, key, controller);
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return FALSE;
  /* First the input method: an Enter that ends a word in the making is its own. */
  if (gtk_text_view_im_context_filter_keypress (self->view, gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller))))
    return TRUE;

  enter_sends = g_settings_get_boolean (self->settings, "enter-sends");
  if (control || (enter_sends && !shift))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);
    }
  else
    {
      gtk_text_buffer_begin_user_action (self->buffer);
      gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
      gtk_text_buffer_insert_at_cursor (self->buffer, "\n", 1);
      gtk_text_buffer_end_user_action (self->buffer);
      gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
    }
  return TRUE;
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[SEND], 0);
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[STOP], 0);
}

static void
attach_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  yj_composer_choose_files (YJ_COMPOSER (widget));
}

/* ---- the object */

static gboolean
yj_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YJ_COMPOSER (widget)->view));
}

static void
yj_composer_dispose (GObject *object)
{
  YjComposer *self = YJ_COMPOSER (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  self->buffer = NULL;
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_COMPOSER);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->settings);
  g_clear_object (&self->attachments);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (yj_composer_parent_class)->dispose (object);
}

static void
yj_composer_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  YjComposer *self = YJ_COMPOSER (object);

  switch ((YjComposerProps) prop_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    }
}

static void
yj_composer_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  YjComposer *self = YJ_COMPOSER (object);

  switch ((YjComposerProps) prop_id)
    {
    case PROP_BUSY:
      yj_composer_set_busy (self, g_value_get_boolean (value));
      break;
    }
}

static void
yj_composer_class_init (YjComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_composer_dispose;
  object_class->get_property = yj_composer_get_property;
  object_class->set_property = yj_composer_set_property;
  widget_class->grab_focus = yj_composer_grab_focus;

  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[CHANGED] = g_signal_new ("changed", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ATTACHED] = g_signal_new ("attached", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_LIST_STORE);
  signals[FAILED] = g_signal_new ("failed", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[HISTORY] = g_signal_new ("history", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROMPT] = g_signal_new ("prompt", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, YJ_TYPE_PROMPT);
  signals[SEND] = g_signal_new ("send", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOP] = g_signal_new ("stop", YJ_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (YJ_TYPE_ATTACHMENT_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, YjComposer, strip);
  gtk_widget_class_bind_template_child (widget_class, YjComposer, scroller);
  gtk_widget_class_bind_template_child (widget_class, YjComposer, view);
  gtk_widget_class_bind_template_child (widget_class, YjComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, YjComposer, tools);
  gtk_widget_class_bind_template_child (widget_class, YjComposer, button_stack);
  gtk_widget_class_bind_template_child (widget_class, YjComposer, line_button);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preedit_changed_cb);
  gtk_widget_class_set_css_name (widget_class, "yj-composer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.stop", NULL, stop_action);
}

static void
yj_composer_init (YjComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (YJ_APP_ID);
  self->buffer = gtk_text_view_get_buffer (self->view);
  self->chinese = gtk_text_buffer_create_tag (self->buffer, NULL, "language", "zh-cn", NULL);
  self->attachments = g_list_store_new (YJ_TYPE_ATTACHMENT);
  yj_attachment_strip_set_model (self->strip, G_LIST_MODEL (self->attachments));
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  g_signal_connect_swapped (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self);
  yj_composer_init_attachments (self);
  yj_composer_init_prompts (self);
  yj_composer_update (self);
}

/**
 * yj_composer_dup_text:
 * @self: a composer
 *
 * Returns: (transfer full): what is written, as it stands there
 */
char *
yj_composer_dup_text (YjComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (YJ_IS_COMPOSER (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/**
 * yj_composer_dup_message:
 * @self: a composer
 *
 * Returns: (transfer full): what is to be sent: the words without white space around them, with what is attached
 */
char *
yj_composer_dup_message (YjComposer *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (YJ_IS_COMPOSER (self), NULL);

  text = g_strstrip (yj_composer_dup_text (self));
  return yj_attachment_compose (G_LIST_MODEL (self->attachments), text);
}

/**
 * yj_composer_get_cursor:
 * @self: a composer
 *
 * Returns: where the cursor stands, in characters
 */
int
yj_composer_get_cursor (YjComposer *self)
{
  int position;

  g_return_val_if_fail (YJ_IS_COMPOSER (self), -1);

  g_object_get (self->buffer, "cursor-position", &position, NULL);
  return position;
}

/**
 * yj_composer_get_attachments:
 * @self: a composer
 *
 * Returns: (transfer none): the model of [class@Yj.Attachment] that it fills
 */
GListStore *
yj_composer_get_attachments (YjComposer *self)
{
  g_return_val_if_fail (YJ_IS_COMPOSER (self), NULL);

  return self->attachments;
}

/**
 * yj_composer_set_text:
 * @self: a composer
 * @text: (nullable): what is to stand there
 *
 * Replaces the text, with the cursor at its end; there is no undo beyond that. Does not emit `changed`.
 */
void
yj_composer_set_text (YjComposer *self,
                      const char *text)
{
  g_return_if_fail (YJ_IS_COMPOSER (self));

  self->silent = self->inserting = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->silent = self->inserting = FALSE;
  yj_composer_update (self);
  update_language (self);
  update_max_height (self);
}

static void
set_attachments (YjComposer *self,
                 GListStore *attachments)
{
  g_signal_handlers_disconnect_by_func (self->attachments, yj_composer_update, self);
  g_clear_object (&self->attachments);
  self->attachments = attachments != NULL ? g_object_ref (attachments) : g_list_store_new (YJ_TYPE_ATTACHMENT);
  g_signal_connect_object (self->attachments, "items-changed", G_CALLBACK (yj_composer_update), self, G_CONNECT_SWAPPED);
  yj_attachment_strip_set_model (self->strip, G_LIST_MODEL (self->attachments));
  yj_composer_update (self);
}

/**
 * yj_composer_set_draft:
 * @self: a composer
 * @text: (nullable): what is to stand there
 * @cursor: where the cursor is to stand, in characters; -1: at the end
 * @attachments: (nullable): the model of [class@Yj.Attachment] to fill from now on; %NULL: a new one
 *
 * Takes up another draft, as yj_composer_set_text() does.
 */
void
yj_composer_set_draft (YjComposer *self,
                       const char *text,
                       int         cursor,
                       GListStore *attachments)
{
  GtkTextIter iter;

  g_return_if_fail (YJ_IS_COMPOSER (self));

  g_clear_object (&self->history);
  yj_composer_set_text (self, text);
  set_attachments (self, attachments);
  self->silent = TRUE;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, cursor);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  self->silent = FALSE;
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

void
yj_composer_insert_text (YjComposer *self,
                         const char *text)
{
  self->inserting = TRUE;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  self->inserting = FALSE;
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

/**
 * yj_composer_insert:
 * @self: a composer
 * @text: words
 *
 * Puts them where the cursor is, as if they were typed, and the keyboard there.
 */
void
yj_composer_insert (YjComposer *self,
                    const char *text)
{
  g_return_if_fail (YJ_IS_COMPOSER (self));

  yj_composer_insert_text (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * yj_composer_set_busy:
 * @self: a composer
 * @busy: whether an answer comes
 *
 * Has the button stop what comes, in the very place where it sends.
 */
void
yj_composer_set_busy (YjComposer *self,
                      gboolean    busy)
{
  gboolean had_focus;

  g_return_if_fail (YJ_IS_COMPOSER (self));

  if (self->busy == busy)
    return;
  self->busy = busy;
  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->button_stack)) != NULL;
  yj_composer_update (self);
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "stop" : "send");
  gtk_widget_set_visible (self->line_button, busy);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/**
 * yj_composer_set_ready:
 * @self: a composer
 * @ready: whether what is written can be sent anywhere; writing is possible in any case
 */
void
yj_composer_set_ready (YjComposer *self,
                       gboolean    ready)
{
  g_return_if_fail (YJ_IS_COMPOSER (self));

  self->ready = ready;
  yj_composer_update (self);
}
