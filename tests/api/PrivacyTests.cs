using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>A customer's whole data in one document, and their erasure.</summary>
public sealed class PrivacyTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_customer_s_whole_data_is_one_document()
    {
        var center = await Center.Open(server, "export");
        await using var ana = await center.SignIn("ana");
        var caseId = await Handled(center, ana, "Ximena", "My refund, please");
        var answer = (await server.Get(Customer(center, "Ximena") + "/export", center.Supervisor)).Expect(200);

        Assert.Contains("attachment", answer.Message.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var document = answer.Body!;
        Assert.Equal(("routinggrid-customer/1", "export", "chat:Ximena"), (document.Text("format"), document.Text("workspace"), document["customer"].Text("id")));
        Assert.Equal("Ximena", document["customer"]!["identities"]!.AsArray().Single().Text("author"));
        var exported = document["cases"]!.AsArray().Single()!;
        Assert.Equal((caseId, "closed"), (exported["case"].Text("id"), exported["case"].Text("status")));
        var timeline = exported["timeline"]!.AsArray().Select(item => item.Text("type")).ToList();
        foreach (var type in new[] { "case.opened", "case.message-received", "case.offered", "case.assigned", "case.answered", "case.note-added", "case.closed" }) Assert.Contains(type, timeline);
        foreach (var text in new[] { "My refund, please", "It is on its way", "She was angry" }) Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_an_erased_customer_is_answered_any_more()
    {
        var center = await Center.Open(server, "erase");
        await using var ana = await center.SignIn("ana");
        var caseId = await Handled(center, ana, "Yolanda", "Where is my bag?");
        var open = await center.Write("Zoe", "Hello?");
        (await server.Post(Customer(center, "Zoe") + "/erase", server.Administrator, null)).ExpectProblem(409, "cases-open");
        (await server.Post(Customer(center, "Nobody") + "/erase", server.Administrator, null)).ExpectProblem(404, "customer-unknown");

        var erased = (await server.Send(HttpMethod.Post, Customer(center, "Yolanda") + "/erase", server.Administrator, null, [("Idempotency-Key", "forget-1")])).Expect(200);
        Assert.Equal(caseId, erased.Body!["cases"]!.AsArray().Single()!.GetValue<string>());
        Assert.StartsWith("erased:", erased.Body.Text("customer"), StringComparison.Ordinal);
        var again = (await server.Send(HttpMethod.Post, Customer(center, "Yolanda") + "/erase", server.Administrator, null, [("Idempotency-Key", "forget-1")])).Expect(200);
        Assert.Equal(erased.Text, again.Text);
        (await server.Post(Customer(center, "Yolanda") + "/erase", server.Administrator, null)).ExpectProblem(404, "customer-unknown");

        foreach (var path in new[] { "", "/export", "/cases" }) (await server.Get(Customer(center, "Yolanda") + path, center.Supervisor)).ExpectProblem(404, "customer-unknown");
        var pseudonym = $"{center.Root}/customers/{Uri.EscapeDataString(erased.Body.Text("customer"))}";
        foreach (var path in new[] { pseudonym, pseudonym + "/export", pseudonym + "/cases", $"{center.Root}/cases/{caseId}", $"{center.Root}/cases/{caseId}/timeline", $"{center.Root}/cases?customer=chat%3AYolanda" })
        {
            var answer = (await server.Get(path, center.Supervisor)).Expect(200);
            foreach (var text in new[] { "Yolanda", "bag", "on its way", "angry" }) Assert.DoesNotContain(text, answer.Text, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await server.Get($"{center.Root}/cases", center.Supervisor)).Expect(200).Body!["items"]!.AsArray().Count);
        Assert.NotEqual(caseId, await center.Write("Yolanda", "Hello again"));
        Assert.Equal("chat:Zoe", (await server.Get($"{center.Root}/cases/{open}", center.Supervisor)).Body!["customer"].Text("id"));
    }

    private static string Customer(Center center, string author) => $"{center.Root}/customers/{Uri.EscapeDataString($"chat:{author}")}";

    private async Task<string> Handled(Center center, Desk ana, string author, string text)
    {
        var caseId = await center.Write(author, text);
        await ana.Take(caseId);
        (await ana.Act(caseId, "reply", new JsonObject { ["text"] = "It is on its way" })).Expect(200);
        (await ana.Act(caseId, "notes", new JsonObject { ["text"] = "She was angry" })).Expect(200);
        (await ana.Act(caseId, "close", new JsonObject { ["rating"] = "positive" })).Expect(200);
        return caseId;
    }
}
