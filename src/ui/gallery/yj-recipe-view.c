/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-recipe-view"

#include "yj-recipe-view.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"
#include "yj-lineage-view.h"
#include "yj-lineage.h"
#include "yj-poster-image.h"
#include "yj-recipe-facts.h"
#include "yj-reference-preview.h"
#include "yj-window.h"
#include "yj-wrap-box.h"

struct _YjRecipeView
{
  AdwBin        parent_instance;

  YjJob        *job;

  GtkLabel     *prompt;
  GtkLabel     *prompt_sent;
  GtkWidget    *references_group;
  AdwWrapBox   *references;
  GtkListBox   *recipe;
  YjRecipeFacts *facts;
  YjLineageView *lineage;
};

typedef enum
{
  PROP_JOB = 1,
} YjRecipeViewProps;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (YjRecipeView, yj_recipe_view, ADW_TYPE_BIN)

static void
add_parameter (YjRecipeView *self,
               YjDraft      *draft,
               YjParameter  *parameter)
{
  const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));
  g_autofree char *text = value != NULL ? yj_parameter_dup_value (parameter, value) : NULL;

  yj_recipe_facts_add_row (self->recipe, yj_parameter_get_label (parameter), text);
}

static void
preview_cb (GtkButton   *button,
            YjDraftFile *file)
{
  adw_dialog_present (yj_reference_preview_new (file), GTK_WIDGET (button));
}

static void
add_reference (YjRecipeView *self,
               YjDraftFile  *file,
               const char   *name)
{
  gboolean sound = yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *image = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", 96, "width-request", 72, "height-request", 72,
                                   "icon-name", sound ? "audio-x-generic-symbolic" : "image-x-generic-symbolic",
                                   "overflow", GTK_OVERFLOW_HIDDEN, NULL);

  if (!sound)
    g_object_set (image, "file", yj_draft_file_get_file (file), NULL);
  gtk_widget_add_css_class (image, "yj-poster");
  gtk_button_set_child (GTK_BUTTON (button), image);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "yj-lineage");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (preview_cb), g_object_ref (file),
                         (GClosureNotify) (GCallback) g_object_unref, 0);
  adw_wrap_box_append (self->references, button);
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
      /* translators: the name of a slot such as Reference Images, and a number */
      g_autofree char *name = n > 1 ? g_strdup_printf (_("%s %u"), yj_slot_get_label (slot), i + 1) : g_strdup (yj_slot_get_label (slot));

      add_reference (self, file, name);
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
  if (yj_job_is_joined (self->job))
    yj_recipe_facts_add_row (self->recipe, _("Mode"), _("Joined from other videos"));
  else
    yj_recipe_facts_add_row (self->recipe, _("Mode"), yj_job_text_get_mode (yj_job_get_mode (self->job)));
  if (draft == NULL)
    {
      /* The model is no longer in the catalogue: what the row itself says is still shown. */
      g_debug ("no draft of the recipe: %s", error->message);
      yj_recipe_facts_add_row (self->recipe, _("Model"), yj_job_get_model_name (self->job));
    }
  else
    {
      YjModel *model = yj_draft_get_model (draft);

      yj_recipe_facts_add_row (self->recipe, _("Model"), yj_model_get_title (model));
      yj_recipe_facts_add_row (self->recipe, _("Provider"), yj_model_get_provider (model));
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
          yj_recipe_facts_set_job (self->facts, self->job);
          yj_lineage_view_set_job (self->lineage, self->job);
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

  g_type_ensure (YJ_TYPE_LINEAGE_VIEW);
  g_type_ensure (YJ_TYPE_RECIPE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-recipe-view.ui");
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, prompt);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, prompt_sent);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, references_group);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, references);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, recipe);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, facts);
  gtk_widget_class_bind_template_child (widget_class, YjRecipeView, lineage);
}

static void
yj_recipe_view_init (YjRecipeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
