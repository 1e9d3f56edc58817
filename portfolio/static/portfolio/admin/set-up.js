/* The time zone of this device, while the site has none of its own. */
const zones = document.getElementById("id_time_zone")
const own = Intl.DateTimeFormat().resolvedOptions().timeZone

if (zones && zones.value === "UTC" && [...zones.options].some((option) => option.value === own)) zones.value = own
