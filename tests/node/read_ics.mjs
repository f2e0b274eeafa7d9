// What a calendar says between two days, read by ical.js: [local beginning, title, status] rows.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [file, from, to] = process.argv.slice(2);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const components = calendar.getAllSubcomponents("vevent");
const changed = components.filter((one) => one.hasProperty("recurrence-id"));
const rows = [];
const two = (number) => String(number).padStart(2, "0");

function note(item, start) {
  const day = `${start.year}-${two(start.month)}-${two(start.day)}`;
  if (day < from || day > to) return;
  const hour = start.isDate
    ? ""
    : ` ${two(start.hour)}:${two(start.minute)}:${two(start.second)}`;
  rows.push([day + hour, item.summary, item.component.getFirstPropertyValue("status")]);
}

for (const component of components.filter((one) => !one.hasProperty("recurrence-id"))) {
  const uid = component.getFirstPropertyValue("uid");
  const event = new ICAL.Event(component, {
    strictExceptions: true,
    exceptions: changed.filter((other) => other.getFirstPropertyValue("uid") === uid),
  });
  if (!event.isRecurring()) {
    note(event, event.startDate);
    continue;
  }
  const dates = event.iterator();
  for (let next = dates.next(); next && next.toString().slice(0, 10) <= to; next = dates.next()) {
    const found = event.getOccurrenceDetails(next);
    note(found.item, found.startDate);
  }
}
console.log(JSON.stringify(rows));
