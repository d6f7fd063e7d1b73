// Watches the live hub as a browser would, and writes one line of JSON for everything that it hears.
// node watch.mjs URL KEY WORKSPACE AGENT FORBIDDEN_AGENT
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [url, key, workspace, agent, forbidden] = process.argv.slice(2);
const say = (what, data) => process.stdout.write(JSON.stringify({ what, data }) + "\n");

const connection = new HubConnectionBuilder()
  .withUrl(url + "/v1/live", { accessTokenFactory: () => key })
  .configureLogging(LogLevel.Error)
  .build();
connection.on("notice", notice => say("notice", notice));
connection.on("wallboard", numbers => say("wallboard", numbers));
connection.onclose(error => say("closed", error ? String(error) : null));

try {
  await connection.start();
  say("connected", null);
  for (const [method, ...args] of [["WatchAgent", workspace, agent], ["WatchAgent", workspace, agent], ["WatchAgent", workspace, forbidden], ["WatchWallboard", workspace]]) {
    try {
      await connection.invoke(method, ...args);
      say("watching", [method, ...args]);
    } catch (error) {
      say("refused", String(error));
    }
  }
} catch (error) {
  say("failed", String(error));
}

process.stdin.on("end", () => connection.stop().then(() => process.exit(0)));
process.stdin.resume();
