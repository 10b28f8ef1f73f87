using System.Text.Json.Nodes;

namespace Jobs.Tests.EndToEnd;

/// <summary>The runner's list has an address and a channel of Slack.</summary>
[Collection(JobsCollection.Name)]
public sealed class AlertTests(JobsLaptop stack)
{
    [Fact]
    public async Task Test_sends_one_to_the_address_and_one_to_the_channel_and_says_whom()
    {
        using var jobs = new JobsCommand(stack);

        var (code, output, error) = await jobs.RunAsync("alerts", "test");

        Assert.True(code == 0, error);
        Assert.Contains("  email: admin@example.com\n", output, StringComparison.Ordinal);
        Assert.Contains("  chat: the channels of the stack\n", output, StringComparison.Ordinal);
        const string Text = "This is a test of the alerts.";
        var chat = await stack.WaitAsync(
            "the chat message", async () => (await stack.ChatAsync(Text)) is [var told, ..] ? told : null);
        var notification = JsonNode.Parse(chat)!;
        Assert.Equal(("1.0", "custom"), ((string)notification["version"]!, (string)notification["source"]!));
        Assert.Equal($"jobs: {Text}", (string)notification["content"]!["title"]!);
        var mail = await stack.WaitAsync(
            "the e-mail", async () => (await stack.MailAsync(Text)) is [var told, ..] ? told : null);
        Assert.Contains("To: admin@example.com\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("\r\nThis is a test of the alerts. Nothing has failed.\r\n", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_told_to_the_channel_as_well()
    {
        var id = await stack.UploadAsync("refused", "refused/for-the-channel", "an argument");
        await stack.EndOfAsync(id);

        var chat = await stack.WaitAsync(
            "the chat message", async () => (await stack.ChatAsync(id.ToString())) is [var told, ..] ? told : null);

        var content = JsonNode.Parse(chat)!["content"]!;
        Assert.StartsWith("refused failed for good.", (string)content["description"]!, StringComparison.Ordinal);
        Assert.NotEmpty(content["nextSteps"]!.AsArray());
    }
}
