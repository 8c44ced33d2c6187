/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript-private.h"

#include "yj-selection.h"

/* Messages one below the other, of which only those near the view have widgets: the others have a height that was
 * measured or is guessed. Where the view stands is kept as a place in a message and not as a distance from the
 * beginning, so that nothing moves when a guess turns out wrong or a message grows. */

typedef enum
{
  PROP_MODEL = 1,
  PROP_AT_END,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} YjTranscriptProps;

static GParamSpec *props[PROP_AT_END + 1];

G_DEFINE_FINAL_TYPE_WITH_CODE (YjTranscript, yj_transcript, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- scrolling */

/* Somebody else than this file has moved the view. */
static void
value_changed_cb (YjTranscript *self)
{
  int value, page, upper;

  if (self->configuring)
    return;
  value = gtk_adjustment_get_value (self->vadjustment);
  page = gtk_adjustment_get_page_size (self->vadjustment);
  upper = yj_transcript_get_upper (self, page);
  self->awaited = 0;
  /* At the end of the text, not at that of the room below a short answer. */
  self->kept = value >= upper - page - 1 && upper == yj_transcript_get_content_height (self) ? YJ_KEPT_BY_END : YJ_KEPT_BY_PLACE;
  yj_transcript_keep_by (self, value);
  yj_transcript_build (self);
}

static void
set_adjustment (YjTranscript   *self,
                GtkAdjustment **place,
                GtkAdjustment  *adjustment)
{
  if (adjustment != NULL && *place == adjustment)
    return;
  if (*place != NULL)
    {
      g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
      g_object_unref (*place);
    }
  *place = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  if (place == &self->vadjustment)
    g_signal_connect_swapped (*place, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* What the keyboard goes to has to be in sight; what the pointer goes to is. */
static void
yj_transcript_set_focus_child (GtkWidget *widget,
                               GtkWidget *child)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t box;
  int height = gtk_widget_get_height (widget);

  GTK_WIDGET_CLASS (yj_transcript_parent_class)->set_focus_child (widget, child);

  if (child == NULL || focus == NULL || !GTK_IS_WINDOW (root) || !gtk_window_get_focus_visible (GTK_WINDOW (root)) ||
      !gtk_widget_is_ancestor (focus, widget) || !gtk_widget_compute_bounds (focus, widget, &box))
    return;
  if (box.origin.y < 0)
    gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + box.origin.y - YJ_TRANSCRIPT_SPACING);
  else if (box.origin.y + box.size.height > height && box.size.height < height)
    gtk_adjustment_set_value (self->vadjustment,
                              gtk_adjustment_get_value (self->vadjustment) + box.origin.y + box.size.height - height +
                              YJ_TRANSCRIPT_SPACING);
}

/* With nothing typed, the keys that would move the cursor there move the view. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        YjTranscript          *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 || !gtk_widget_get_mapped (widget) || !GTK_IS_TEXT_VIEW (focus) ||
      gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus))) > 0)
    return GDK_EVENT_PROPAGATE;
  if (key != GDK_KEY_Page_Up && key != GDK_KEY_Page_Down && key != GDK_KEY_Home && key != GDK_KEY_End)
    return GDK_EVENT_PROPAGATE;
  /* First the input method: a word in the making is not in the buffer, and in its list these keys turn the page. */
  if (gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (focus),
                                                gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller))))
    return GDK_EVENT_STOP;
  switch (key)
    {
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      return gtk_widget_activate_action (widget, "transcript.page", "i", key == GDK_KEY_Page_Up ? -1 : 1);
    case GDK_KEY_Home:
      return gtk_widget_activate_action (widget, "transcript.begin", NULL);
    default:
      return gtk_widget_activate_action (widget, "transcript.end", NULL);
    }
}

static void
scroll_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  double page = gtk_adjustment_get_page_increment (self->vadjustment);

  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + page * g_variant_get_int32 (parameter));
}

static void
begin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_adjustment_set_value (YJ_TRANSCRIPT (widget)->vadjustment, 0);
}

static void
end_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  yj_transcript_show_end (YJ_TRANSCRIPT (widget));
}

/* ---- layout */

static GtkSizeRequestMode
yj_transcript_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
yj_transcript_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? YJ_TRANSCRIPT_MAX_WIDTH + 2 * YJ_TRANSCRIPT_MARGIN : 0;
}

/* ---- the model */

/* Puts the beginning of a message to the top of the view. */
static gboolean
go_to_message (YjTranscript *self,
               gint64        id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (yj_message_get_id (yj_transcript_get_item (self, i)->message) == id)
      {
        self->top = i;
        self->anchor = (YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, -YJ_TRANSCRIPT_MARGIN };
        self->kept = YJ_KEPT_BY_PLACE;
        return TRUE;
      }
  return FALSE;
}

/* Where a message is that was number @i before a change; -1: it is gone. */
static int
follow_change (int   i,
               guint position,
               guint removed,
               guint added)
{
  if (i < (int) position)
    return i;
  return i < (int) (position + removed) ? -1 : i + (int) added - (int) removed;
}

static void
items_changed_cb (YjTranscript *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  int top = follow_change (self->top, position, removed, added);

  yj_transcript_splice_items (self, position, removed, added);
  yj_selection_messages_changed (self->selection);
  for (guint i = 0; i < self->items->len; i++)
    if (yj_transcript_get_item (self, i)->row != NULL)
      yj_message_card_set_place (YJ_MESSAGE_CARD (yj_transcript_get_item (self, i)->row), i, self->items->len);

  self->asked = follow_change (self->asked, position, removed, added);
  if (self->kept == YJ_KEPT_BY_QUESTION && self->asked < 0)
    self->kept = YJ_KEPT_BY_PLACE;
  /* What stood at the upper edge is gone: what comes in its place stands there. */
  if (top < 0)
    self->anchor = (YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, 0 };
  self->top = top >= 0 ? (guint) top : MIN (position, MAX (self->items->len, 1) - 1);
  if (self->awaited != 0 && go_to_message (self, self->awaited))
    self->awaited = 0;
  yj_transcript_build (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- the object */

static void
yj_transcript_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yj_transcript_parent_class)->realize (widget);

  yj_transcript_watch (YJ_TRANSCRIPT (widget), gtk_widget_get_frame_clock (widget));
}

static void
yj_transcript_unrealize (GtkWidget *widget)
{
  yj_transcript_unwatch (YJ_TRANSCRIPT (widget), gtk_widget_get_frame_clock (widget));

  GTK_WIDGET_CLASS (yj_transcript_parent_class)->unrealize (widget);
}

static void
yj_transcript_dispose (GObject *object)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  yj_transcript_set_model (self, NULL);
  g_clear_object (&self->selection);
  g_clear_handle_id (&self->at_end_source, g_source_remove);
  if (self->build_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->build_tick);
  self->build_tick = 0;
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, value_changed_cb, self);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);

  G_OBJECT_CLASS (yj_transcript_parent_class)->dispose (object);
}

static void
yj_transcript_finalize (GObject *object)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  g_array_unref (self->items);
  yj_heights_free (self->heights);

  G_OBJECT_CLASS (yj_transcript_parent_class)->finalize (object);
}

static void
yj_transcript_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  switch ((YjTranscriptProps) prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    }
}

static void
yj_transcript_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  switch ((YjTranscriptProps) prop_id)
    {
    case PROP_MODEL:
      yj_transcript_set_model (self, g_value_get_object (value));
      break;
    case PROP_AT_END:
      g_assert_not_reached ();
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    }
}

static void
yj_transcript_class_init (YjTranscriptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_transcript_dispose;
  object_class->finalize = yj_transcript_finalize;
  object_class->get_property = yj_transcript_get_property;
  object_class->set_property = yj_transcript_set_property;
  widget_class->get_request_mode = yj_transcript_get_request_mode;
  widget_class->measure = yj_transcript_measure;
  widget_class->size_allocate = yj_transcript_size_allocate;
  widget_class->snapshot = yj_transcript_snapshot;
  widget_class->realize = yj_transcript_realize;
  widget_class->unrealize = yj_transcript_unrealize;
  widget_class->set_focus_child = yj_transcript_set_focus_child;

  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_install_action (widget_class, "transcript.page", "i", scroll_action);
  gtk_widget_class_install_action (widget_class, "transcript.begin", NULL, begin_action);
  gtk_widget_class_install_action (widget_class, "transcript.end", NULL, end_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "transcript.page", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "transcript.page", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "transcript.begin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "transcript.end", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, "transcript.begin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, "transcript.end", NULL);

  yj_transcript_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "yj-transcript");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
yj_transcript_init (YjTranscript *self)
{
  self->items = g_array_new (FALSE, TRUE, sizeof (YjTranscriptItem));
  self->heights = yj_heights_new ();
  self->asked = -1;
  self->kept = YJ_KEPT_BY_END;
  self->at_end = TRUE;
  self->built_value = YJ_TRANSCRIPT_NOT_BUILT;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->selection = yj_selection_new (self);
}

/**
 * yj_transcript_set_model:
 * @self: a transcript
 * @model: (nullable): a list of [class@Yj.Message]
 *
 * Shows a conversation at its end.
 */
void
yj_transcript_set_model (YjTranscript *self,
                         GListModel   *model)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  if (self->selection != NULL)
    yj_selection_clear (self->selection);
  yj_transcript_splice_items (self, 0, self->items->len, 0);
  g_set_object (&self->model, model);
  self->asked = -1;
  self->awaited = 0;
  self->top = 0;
  self->anchor = YJ_ANCHOR_BEGIN;
  self->kept = YJ_KEPT_BY_END;
  if (model != NULL)
    {
      g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (model));
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

/**
 * yj_transcript_take_keys:
 * @self: a transcript
 * @widget: what messages are written in
 *
 * Lets Page Up, Page Down, Home and End move the view while a text view in @widget is empty.
 */
void
yj_transcript_take_keys (YjTranscript *self,
                         GtkWidget    *widget)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (widget, controller);
}

/**
 * yj_transcript_show_question:
 * @self: a transcript
 *
 * Puts the last question to the top of the view, with room below it for the answer, and leaves the view there: it is
 * full when the answer is longer than the window, and nothing moves before or after that. Of a question that would take
 * most of the window, its end is shown.
 */
void
yj_transcript_show_question (YjTranscript *self)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  for (guint i = self->items->len; i > 0; i--)
    if (yj_message_get_role (yj_transcript_get_item (self, i - 1)->message) == YJ_MESSAGE_USER)
      {
        self->asked = i - 1;
        self->awaited = 0;
        self->kept = YJ_KEPT_BY_QUESTION;
        yj_transcript_build (self);
        break;
      }
}

/**
 * yj_transcript_show_end:
 * @self: a transcript
 *
 * Goes to the end and stays there while a message grows, until somebody scrolls up.
 */
void
yj_transcript_show_end (YjTranscript *self)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  self->awaited = 0;
  self->kept = YJ_KEPT_BY_END;
  yj_transcript_build (self);
}

/**
 * yj_transcript_show_message:
 * @self: a transcript
 * @id: the id of a message ([method@Yj.Message.get_id])
 *
 * Puts the beginning of a message to the top of the view. One that is not among the messages yet, as while a conversation
 * loads, is gone to when it comes; another model or [method@Yj.Transcript.show_end] lets go of that.
 */
void
yj_transcript_show_message (YjTranscript *self,
                            gint64        id)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));
  g_return_if_fail (id != 0);

  self->awaited = go_to_message (self, id) ? 0 : id;
  yj_transcript_build (self);
}
