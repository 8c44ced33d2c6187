/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-recipe-view"

#include "yj-recipe-view.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-window.h"
#include "yj-wrap-box.h"

struct _YjRecipeView
{
  AdwBin        parent_instance;

  YjJob        *job;
  GSignalGroup *signals;

  GtkLabel     *prompt;
  GtkLabel     *prompt_sent;
  GtkWidget    *references_group;
  AdwWrapBox   *references;
  GtkListBox   *recipe;
  GtkListBox   *facts;
};

typedef enum
{
  PROP_JOB = 1,
} YjRecipeViewProps;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (YjRecipeView, yj_recipe_view, ADW_TYPE_BIN)

static void
add_row (GtkListBox *list,
         const char *title,
         const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (list, row);
}

static void
add_parameter (YjRecipeView *self,
               YjDraft      *draft,
               YjParameter  *parameter)
{
  const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
  g_autofree char *text = NULL;

  if (value == NULL)
    return;

  if (g_strcmp0 (yj_parameter_get_meaning (parameter), "duration") == 0)
    /* translators: a length in seconds */
    text = g_strdup_printf (_("%s s"), value);
  else if (yj_parameter_get_value_type (parameter) == YJ_PARAMETER_SWITCH)
    text = g_strdup (g_str_equal (value, "Y") ? _("Yes") : _("No"));
  add_row (self->recipe, yj_parameter_get_label (parameter), text != NULL ? text : value);
}

static void
add_time (GtkListBox *list,
          const char *title,
          gint64      us)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *text = NULL;

  if (us <= 0)
    return;

  utc = g_date_time_new_from_unix_utc_usec (us);
  local = g_date_time_to_local (utc);
  text = g_date_time_format (local, "%c");
  add_row (list, title, text);
}

static void
add_references (YjRecipeView *self,
                YjDraft      *draft,
                YjSlot       *slot)
{
  GListModel *files = yj_draft_get_files (draft, yj_slot_get_role (slot));
  guint n = g_list_model_get_n_items (files);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);
      gboolean sound = yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO;
      GtkWidget *image = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", 96, "width-request", 72, "height-request", 72,
                                       "icon-name", sound ? "audio-x-generic-symbolic" : "image-x-generic-symbolic",
                                       "overflow", GTK_OVERFLOW_HIDDEN, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
      /* translators: the name of a slot such as Reference Images, and a number */
      g_autofree char *name = n > 1 ? g_strdup_printf (_("%s %u"), yj_slot_get_label (slot), i + 1) : g_strdup (yj_slot_get_label (slot));

      if (!sound)
        g_object_set (image, "file", yj_draft_file_get_file (file), NULL);
      gtk_widget_set_tooltip_text (image, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_add_css_class (image, "yj-poster");
      adw_wrap_box_append (self->references, image);
    }
}

/* What the model got, when that is not what was written. */
static void
show_sent (YjRecipeView *self)
{
  const char *sent = yj_job_get_prompt_sent (self->job);
  gboolean differs = sent != NULL && g_strcmp0 (sent, yj_job_get_prompt (self->job)) != 0;
  /* translators: %s: a prompt as it was sent to the model */
  g_autofree char *text = differs ? g_strdup_printf (_("Sent as: %s"), sent) : NULL;

  gtk_label_set_text (self->prompt_sent, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->prompt_sent), differs);
}

static void
fill_recipe (YjRecipeView *self)
{
  YjSession *session = yj_window_get_session (YJ_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDraft) draft = yj_job_queue_new_draft (yj_session_get_queue (session), self->job, &error);
  GListModel *list;

  gtk_list_box_remove_all (self->recipe);
  yj_wrap_box_clear (self->references);
  gtk_label_set_text (self->prompt, *yj_job_get_prompt (self->job) != '\0' ? yj_job_get_prompt (self->job) : _("Without words"));
  show_sent (self);
  add_row (self->recipe, _("Mode"), yj_job_text_get_mode (yj_job_get_mode (self->job)));
  if (draft == NULL)
    {
      /* The model is no longer in the catalogue: what the row itself says is still shown. */
      g_debug ("no draft of the recipe: %s", error->message);
      add_row (self->recipe, _("Model"), yj_job_get_model_name (self->job));
    }
  else
    {
      YjModel *model = yj_draft_get_model (draft);

      add_row (self->recipe, _("Model"), yj_model_get_title (model));
      add_row (self->recipe, _("Provider"), yj_model_get_provider (model));
      list = yj_model_get_parameters (model);
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        {
          g_autoptr(YjParameter) parameter = g_list_model_get_item (list, i);
          add_parameter (self, draft, parameter);
        }
      list = yj_model_get_slots (model);
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        {
          g_autoptr(YjSlot) slot = g_list_model_get_item (list, i);
          add_references (self, draft, slot);
        }
    }
  gtk_widget_set_visible (self->references_group, gtk_widget_get_first_child (GTK_WIDGET (self->references)) != NULL);
}

static void
fill_facts (YjRecipeView *self)
{
  g_autofree char *state = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *path = NULL;

  if (self->job == NULL)
    return;

  state = yj_job_text_dup_state (self->job);
  facts = yj_job_text_dup_facts (self->job);
  gtk_list_box_remove_all (self->facts);
  if (yj_job_state_is_final (yj_job_get_state (self->job)))
    add_row (self->facts, _("State"), state);
  add_row (self->facts, _("Length and Size"), facts);
  add_row (self->facts, _("Task Id"), yj_job_get_task_id (self->job));
  add_row (self->facts, _("Usage, as the Platform Told It"), yj_job_get_usage (self->job));
  if (yj_job_get_submitted (self->job) > 0)
    add_time (self->facts, _("Submitted"), yj_job_get_submitted (self->job));
  else
    add_time (self->facts, _("Created"), yj_job_get_created (self->job));
  add_time (self->facts, _("Finished"), yj_job_get_finished (self->job));
  if (yj_job_get_submitted (self->job) > 0 && yj_job_get_finished (self->job) > yj_job_get_submitted (self->job))
    {
      g_autofree char *took = yj_job_text_dup_duration ((yj_job_get_finished (self->job) - yj_job_get_submitted (self->job)) * 1000);
      add_row (self->facts, _("Time Taken"), took);
    }
  /* The sandbox has another address at every start: where it was is of no use. */
  if (g_str_has_suffix (yj_job_get_origin (self->job), "#sandbox"))
    add_row (self->facts, _("Platform"), _("Sandbox: no AI, nothing was charged"));
  else
    add_row (self->facts, _("Platform"), yj_job_get_origin (self->job));
  if (yj_job_get_file (self->job) != NULL)
    {
      path = g_file_get_parse_name (yj_job_get_file (self->job));
      add_row (self->facts, _("File"), path);
    }
}

static void
job_changed_cb (YjRecipeView *self,
                GParamSpec   *pspec)
{
  if (!g_str_equal (pspec->name, "moved") && !g_str_equal (pspec->name, "total"))
    fill_facts (self);
}

static void
yj_recipe_view_root (GtkWidget *widget)
{
  YjRecipeView *self = YJ_RECIPE_VIEW (widget);

  GTK_WIDGET_CLASS (yj_recipe_view_parent_class)->root (widget);

  if (self->job != NULL && YJ_IS_WINDOW (gtk_widget_get_root (widget)))
    fill_recipe (self);
}

static void
yj_recipe_view_dispose (GObject *object)
{
  YjRecipeView *self = YJ_RECIPE_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_RECIPE_VIEW);
  g_clear_object (&self->signals);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (yj_recipe_view_parent_class)->dispose (object);
}

static void
yj_recipe_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  YjRecipeView *self = YJ_RECIPE_VIEW (object);

  switch ((YjRecipeViewProps) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    }
}

static void
yj_recipe_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  YjRecipeView *self = YJ_RECIPE_VIEW (object);

  switch ((YjRecipeViewProps) prop_id)
    {
    case PROP_JOB:
      if (g_set_object (&self->job, g_value_get_object (value)))
        {
          g_signal_group_set_target (self->signals, self->job);
          fill_facts (self);
        }
      break;
    }
}

static void
yj_recipe_view_class_init (YjRecipeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_recipe_view_dispose;
  object_class->get_property = yj_recipe_view_get_property;
  object_class->set_property = yj_recipe_view_set_property;
  widget_class->root = yj_recipe_view_root;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, YJ_TYPE_JOB, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-recipe-view.ui");
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, prompt);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, prompt_sent);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, references_group);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, references);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, recipe);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, facts);
}

static void
yj_recipe_view_init (YjRecipeView *self)
{
  self->signals = g_signal_group_new (YJ_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
