/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped models.json against a second table, written by hand from the platform's document. */
#include "yj-catalog.h"

#define R7 "adaptive,16:9,4:3,1:1,3:4,9:16,21:9"
#define R9 "16:9,keep_ratio,4:3,1:1,3:4,9:16,9:21,21:9,adaptive"
#define R7R "16:9,4:3,1:1,3:4,9:16,9:21,21:9"
#define R5 "16:9,9:16,4:3,3:4,1:1"
#define P3 "480p,720p,1080p"
#define V3 "540p,720p,1080p"
#define SIZES "832*480,480*832,624*624,1280*720,720*1280,960*960,1088*832,832*1088,1920*1080,1080*1920,1440*1440,1632*1248,1248*1632"

#define CHOICE YJ_PARAMETER_CHOICE
#define INTEGER YJ_PARAMETER_INTEGER
#define SWITCH YJ_PARAMETER_SWITCH
#define TEXT YJ_PARAMETER_TEXT

typedef struct
{
  const char      *name;
  const char      *meaning;
  YjParameterType  type;
  const char      *value;       /* the default */
  const char      *allowed;
  int              minimum;     /* 0: no range given */
  int              maximum;
} Parameter;

typedef struct
{
  YjSlotRole   role;
  const char  *field;
  YjMediaKind  kind;
  const char  *type;
  guint        minimum;
  guint        maximum;
} Slot;

typedef struct
{
  const char *id;
  const char *provider;
  const char *llmid;
  gboolean    note;             /* something about the row is uncertain */
  gboolean    sends_model;
  Parameter   parameters[5];
  Slot        slots[4];
} Row;

#define FIRST(field, type, min) { YJ_SLOT_FIRST_FRAME, field, YJ_MEDIA_KIND_IMAGE, type, min, 1 }
#define LAST(field, type, min) { YJ_SLOT_LAST_FRAME, field, YJ_MEDIA_KIND_IMAGE, type, min, 1 }

#define HAPPYHORSE_T2V { { "resolution", "resolution", CHOICE, "720p", P3 }, { "ratio", "ratio", CHOICE, "adaptive", R7 }, \
                         { "duration", "duration", INTEGER, "5" } }
#define SEEDANCE2 HAPPYHORSE_T2V
#define WAN { { "negative_prompt", "negative-prompt", TEXT, NULL }, { "size", "size", CHOICE, "1920*1080", SIZES }, \
              { "duration", "duration", INTEGER, "15", "5,10,15" } }
#define VIDU { { "off_peak", "off-peak", SWITCH, "N", "Y,N" }, { "duration", "duration", INTEGER, "10", NULL, 1, 16 }, \
               { "ratio", "ratio", CHOICE, "16:9", R5 }, { "resolution", "resolution", CHOICE, "1080p", V3 } }
#define SEEDANCE15 { { "radio", "ratio", CHOICE, NULL, R9 }, { "resolution", "resolution", CHOICE, "1080p", P3 }, \
                     { "duration", "duration", INTEGER, "12" } }
#define REFERENCES { { "ratio", "ratio", CHOICE, NULL, R7R }, { "resolution", "resolution", CHOICE, "1080p", P3 }, \
                     { "duration", "duration", INTEGER, "12" } }
#define SEEDANCE2_FRAMES { FIRST ("image1_file", "file", 1), LAST ("image2_file", "file", 1) }
#define WAN_FRAMES { FIRST ("image_file1", "string/file", 1), LAST ("image_file2", "string/file", 1) }

static const Row rows[] = {
  { "t2v/happyhorse-1.0-t2v", "Alibaba Cloud", "o5vfXYD5BURJWRTWpopE5", FALSE, TRUE, HAPPYHORSE_T2V },
  { "t2v/doubao-seedance-2-0-260128", "Doubao", "YjjGgxO_Xma8PWsMjJvps", FALSE, TRUE, SEEDANCE2 },
  { "t2v/doubao-seedance-2-0-fast-260128", "Doubao", "YjjGgxO_Xma8PWsMjJvps", FALSE, TRUE, SEEDANCE2 },
  { "t2v/dreamina-seedance-2-0-260128", "We Token AI", "TWay-xd0p0pkEX-_Kuhto", FALSE, TRUE, SEEDANCE2 },
  { "t2v/dreamina-seedance-2-0-fast-260128", "We Token AI", "TWay-xd0p0pkEX-_Kuhto", FALSE, TRUE, SEEDANCE2 },
  { "t2v/doubao-seedance-1-5-pro-251215", "Doubao", "CrEMkFQfRCmbmopZsCqLj", FALSE, FALSE, SEEDANCE15 },
  { "t2v/wan2.6-t2v", "Tongyi Wan", "u9HZyfDoqU6uKI6M1BTks", FALSE, TRUE, WAN },
  { "t2v/viduq3-pro", "Vidu", "r0ill7L0s6PtBS8mkmg-7", FALSE, FALSE, VIDU },
  { "i2v/happyhorse-1.0-i2v", "Alibaba Cloud", "o5vfXYD5BURJWRTWpopE5", TRUE, FALSE,
    { { "resolution", "resolution", CHOICE, NULL, "720P,1080P" }, { "duration", "duration", INTEGER, "5" } },
    { FIRST ("image1_file", "file", 1) } },
  { "i2v/doubao-seedance-2-0-260128", NULL, NULL, TRUE, TRUE, SEEDANCE2, SEEDANCE2_FRAMES },
  { "i2v/doubao-seedance-2-0-fast-260128", NULL, NULL, TRUE, TRUE, SEEDANCE2, SEEDANCE2_FRAMES },
  { "i2v/wan2.6-i2v", "Tongyi Wan", NULL, TRUE, FALSE, WAN, WAN_FRAMES },
  { "i2v/wan2.6-i2v-flash", "Tongyi Wan", NULL, TRUE, FALSE, WAN, WAN_FRAMES },
  { "i2v/viduq3-pro", "Vidu", NULL, TRUE, TRUE, VIDU, WAN_FRAMES },
  { "i2v/viduq2-turbo", "Vidu", NULL, TRUE, TRUE, VIDU, WAN_FRAMES },
  { "i2v/doubao-seedance-1-5-pro-251215", NULL, NULL, TRUE, FALSE, SEEDANCE15,
    { FIRST ("image_file1", "string", 0), LAST ("image_file2", "string", 0) } },
  { "r2v/doubao-seedance-2-0-260128", NULL, "dmPXF65TD1riKj9KaxLmg", TRUE, TRUE, REFERENCES,
    { { YJ_SLOT_REFERENCE_IMAGES, "image_files", YJ_MEDIA_KIND_IMAGE, "files", 1, 0 },
      { YJ_SLOT_REFERENCE_VIDEOS, "video_files", YJ_MEDIA_KIND_VIDEO, "files", 0, 0 },
      { YJ_SLOT_REFERENCE_AUDIO, "audio_files", YJ_MEDIA_KIND_AUDIO, "files", 0, 0 } } },
  { "r2v/happyhorse-1.0-r2v", NULL, NULL, TRUE, FALSE, REFERENCES,
    { { YJ_SLOT_REFERENCE_IMAGES, "image_files", YJ_MEDIA_KIND_IMAGE, "files", 1, 9 } } },
};

static void
check_parameter (YjModel         *model,
                 guint            position,
                 const Parameter *expected)
{
  g_autoptr(YjParameter) parameter = g_list_model_get_item (yj_model_get_parameters (model), position);
  const char * const *allowed = yj_parameter_get_allowed (parameter);
  g_autofree char *joined = allowed != NULL ? g_strjoinv (",", (char **) allowed) : NULL;
  gint64 minimum, maximum;

  g_assert_cmpstr (yj_parameter_get_name (parameter), ==, expected->name);
  g_assert_cmpstr (yj_parameter_get_meaning (parameter), ==, expected->meaning);
  g_assert_cmpint (yj_parameter_get_value_type (parameter), ==, expected->type);
  g_assert_cmpstr (yj_parameter_get_default (parameter), ==, expected->value);
  g_assert_cmpstr (joined, ==, expected->allowed);
  g_assert_false (yj_parameter_get_required (parameter));
  g_assert_cmpint (yj_parameter_get_range (parameter, &minimum, &maximum), ==, expected->maximum != 0);
  if (expected->maximum != 0)
    {
      g_assert_cmpint (minimum, ==, expected->minimum);
      g_assert_cmpint (maximum, ==, expected->maximum);
    }
}

static void
check_slot (YjModel    *model,
            guint       position,
            const Slot *expected)
{
  g_autoptr(YjSlot) slot = g_list_model_get_item (yj_model_get_slots (model), position);

  g_assert_cmpint (yj_slot_get_role (slot), ==, expected->role);
  g_assert_cmpstr (yj_slot_get_field (slot), ==, expected->field);
  g_assert_cmpint (yj_slot_get_kind (slot), ==, expected->kind);
  g_assert_cmpstr (yj_slot_get_wire_type (slot), ==, expected->type);
  g_assert_cmpuint (yj_slot_get_minimum (slot), ==, expected->minimum);
  g_assert_cmpuint (yj_slot_get_maximum (slot), ==, expected->maximum);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  YjModel *model = yj_catalog_find_by_id (catalog, row->id);
  guint n;

  g_assert_nonnull (model);
  g_assert_true (g_str_has_prefix (row->id, yj_mode_to_string (yj_model_get_mode (model))));
  g_assert_cmpstr (yj_model_get_name (model), ==, strchr (row->id, '/') + 1);
  g_assert_cmpstr (yj_model_get_provider (model), ==, row->provider);
  g_assert_cmpstr (yj_model_get_llmid (model), ==, row->llmid);
  g_assert_cmpint (yj_model_get_note (model) != NULL, ==, row->note);
  g_assert_cmpint (yj_model_get_sends_model (model), ==, row->sends_model);
  g_assert_nonnull (yj_model_get_title (model));

  for (n = 0; n < G_N_ELEMENTS (row->parameters) && row->parameters[n].name != NULL; n++)
    check_parameter (model, n, &row->parameters[n]);
  g_assert_cmpuint (g_list_model_get_n_items (yj_model_get_parameters (model)), ==, n);
  for (n = 0; n < G_N_ELEMENTS (row->slots) && row->slots[n].field != NULL; n++)
    check_slot (model, n, &row->slots[n]);
  g_assert_cmpuint (g_list_model_get_n_items (yj_model_get_slots (model)), ==, n);
}

static void
test_nothing_else (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalog)), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      g_assert_cmpstr (yj_model_get_id (model), ==, rows[i].id);
    }
}

/* Values are called the same wherever they are shown, and no line ends between a figure and what it counts. */
static void
test_values (void)
{
  static const struct { const char *model, *parameter, *value, *shown; } shows[] = {
    { "t2v/happyhorse-1.0-t2v", "ratio", "adaptive", "Adaptive" },
    { "t2v/doubao-seedance-1-5-pro-251215", "ratio", "keep_ratio", "Keep Ratio" },
    { "t2v/happyhorse-1.0-t2v", "ratio", "16:9", "16:9" },
    { "t2v/happyhorse-1.0-t2v", "resolution", "720p", "720p" },
    { "t2v/happyhorse-1.0-t2v", "duration", "12", "12\302\240s" },
    { "t2v/wan2.6-t2v", "size", "1280*720", "1280\302\240×\302\240720" },
    { "t2v/wan2.6-t2v", "negative-prompt", "adaptive", "adaptive" },
    { "t2v/viduq3-pro", "off-peak", "Y", "Yes" },
    { "t2v/viduq3-pro", "off-peak", "N", "No" },
  };
  g_autoptr(YjCatalog) shipped = yj_catalog_new ();
  g_autofree char *kept = yj_text_keep_figures (g_strdup ("12 个视频, two 3 × 4 s"));

  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    {
      YjParameter *parameter = yj_model_find_parameter (yj_catalog_find_by_id (shipped, shows[i].model), shows[i].parameter);
      g_autofree char *shown = yj_parameter_dup_value (parameter, shows[i].value);
      g_autofree char *meant = yj_meaning_dup_value (shows[i].parameter, shows[i].value);

      g_assert_cmpstr (shown, ==, shows[i].shown);
      g_assert_cmpstr (meant, ==, shows[i].shown);
    }
  g_assert_cmpstr (kept, ==, "12\302\240个视频, two 3\302\240×\302\2404\302\240s");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/models/%s", rows[i].id);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/models/nothing-else", test_nothing_else);
  g_test_add_func ("/models/values", test_values);

  return g_test_run ();
}
