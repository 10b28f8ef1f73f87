using System.Text.RegularExpressions;
using Jobs.Core.Ids;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Who gets which e-mail, by the subscriptions of the template; and what its job calls such a run.</summary>
[Collection(JobsCollection.Name)]
public sealed partial class RecipientTests(JobsLaptop stack)
{
    [Fact]
    public async Task Failure_is_told_to_the_admins_and_to_all_that_the_job_notifies_of_it_with_its_owner()
    {
        var run = await EndAsync("failed", "fail", RunState.Failed);

        Assert.Equal(
            ["admin@example.com", "failures@example.com", "orders@example.com"], await ToldAsync(run));
        Assert.All(
            await stack.MailAsync(run.ToString()),
            mail => Assert.Contains("\r\n\r\ntold failed for good.\r\nOwner: Orders team\r\n", mail,
                StringComparison.Ordinal));
        await AssertIsFoundByLabelAsync(run);
    }

    [Fact]
    public async Task Success_is_told_only_to_whom_the_job_says_so()
    {
        var run = await EndAsync("succeeded", "the result", RunState.Succeeded);

        Assert.Equal(["orders@example.com"], await ToldAsync(run));
        var mail = Assert.Single(await stack.MailAsync(run.ToString()));
        Assert.Contains("told succeeded.", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("the result", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_and_recipients_show_in_the_command_line()
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var told = (await jobs.JsonAsync("list", "--json"))["jobs"]!.AsArray()
            .Single(job => (string)job!["name"]! == "told")!;

        Assert.Equal("Orders team", (string)told["owner"]!);
        Assert.Equal(
            [("orders@example.com", "Always"), ("failures@example.com", "Failure")],
            told["recipients"]!.AsArray().Select(one => ((string)one!["email"]!, (string)one["on"]!)));
    }

    /// <summary>By the label that its job's code adds; the other is what its job declares.</summary>
    private async Task AssertIsFoundByLabelAsync(RunId run)
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var found = await jobs.JsonAsync("runs", "--job", "told", "--label", "file=failed", "--json");
        var shown = Assert.Single(found["runs"]!.AsArray())!;

        Assert.Equal(run.ToString(), (string)shown["id"]!);
        Assert.Equal(["file=failed", "team=orders"], shown["labels"]!.AsArray().Select(label => (string)label!));
    }

    private async Task<RunId> EndAsync(string name, string content, RunState state)
    {
        var id = await stack.UploadAsync("told", $"told/{name}", content);
        var end = await stack.EndOfAsync(id);
        Assert.Equal(state, end.Run.State);
        return id;
    }

    private async Task<IEnumerable<string>> ToldAsync(RunId run) => (await stack.MailAsync(run.ToString()))
        .Select(mail => To().Match(mail).Groups[1].Value)
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("\r\nTo: (.*)\r\n")]
    private static partial Regex To();
}
