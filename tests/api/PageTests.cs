using System.Security.Cryptography;
using System.Text;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

public sealed class PageTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_page_needs_no_key_and_nothing_from_elsewhere()
    {
        var answer = (await server.Get("/")).Expect(200);
        Assert.Equal("text/html", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotMatch("(src|href)=[\"']?https?:", answer.Text);
        Assert.Contains("/v1/workspaces/", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_its_own_script_may_run()
    {
        var answer = (await server.Get("/")).Expect(200);
        var policy = Assert.Single(answer.Message.Headers.GetValues("Content-Security-Policy"));
        var script = answer.Text[(answer.Text.IndexOf("<script>", StringComparison.Ordinal) + "<script>".Length)..answer.Text.IndexOf("</script>", StringComparison.Ordinal)];
        Assert.Contains($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}';", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("\\son[a-z]+=", answer.Text);
    }
}
