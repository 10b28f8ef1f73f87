using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Lapstack.Processes;
using Lapstack.Services.DynamoDb;
using Lapstack.Tests.Stacks;
using Activity = Lapstack.Ground.Activity;

namespace Lapstack.Tests.DynamoDb;

public sealed class DynaliteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dynalite-").FullName;

    [Fact]
    public async Task Killed_it_is_started_again_on_the_same_data_and_calls_meanwhile_get_the_error_that_SDKs_repeat()
    {
        var tables = new DynamoDbStack();
        await tables.InitializeAsync();
        using var client = tables.Client();
        Dictionary<string, AttributeValue> key = new() { ["pk"] = new("kept/1"), ["sk"] = new("a") };
        await client.PutItemAsync("results", key);
        var first = IdOf(tables.Stack);

        using (var dynalite = Process.GetProcessById(first)) dynalite.Kill();
        await Eventually.TrueAsync(() => IsThereAsync(client, key));
        var second = IdOf(tables.Stack);
        await tables.DisposeAsync();

        Assert.NotEqual(first, second);
        Assert.Null(Platform.Current.Identity(second));
    }

    [Fact]
    public async Task Client_that_goes_away_in_the_middle_of_a_call_ends_nothing()
    {
        var dynalite = await StartAsync("tables");
        using (var caller = new TcpClient { LingerState = new LingerOption(true, 0) })
        {
            await caller.ConnectAsync("127.0.0.1", dynalite.Client.BaseAddress!.Port);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nContent-Length: " +
                "100\r\n\r\n{\"a"));
        }

        var health = await dynalite.Client.GetStringAsync("/");

        Assert.StartsWith("healthy", health, StringComparison.Ordinal);
        Assert.False(dynalite.Exited.IsCompleted);
        await dynalite.StopAsync();
        Assert.Equal("(exit code 0)", await dynalite.Exited);
    }

    [Fact]
    public async Task Idle_connection_is_closed_by_the_emulator_and_not_under_its_next_call()
    {
        var dynalite = await StartAsync("tables");

        using var answer = await dynalite.Client.GetAsync("/");
        await dynalite.StopAsync();

        Assert.Equal("timeout=60", string.Join(",", answer.Headers.GetValues("Keep-Alive")));
    }

    [Fact]
    public async Task Tables_that_another_process_still_has_are_waited_for()
    {
        var dying = await StartAsync("tables");
        var next = StartAsync("tables");
        // One that started later answers: the other has tried, too.
        await (await StartAsync("others")).StopAsync();
        Assert.False(next.IsCompleted);

        await dying.StopAsync();

        await (await next).StopAsync();
    }

    [Fact]
    public async Task Damaged_tables_are_one_sentence_with_their_place_and_the_remedy()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "damaged"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "damaged", "CURRENT"), "nothing\n");

        var failed = await Assert.ThrowsAsync<DynaliteException>(() => StartAsync("damaged"));

        Assert.Contains(
            $"The tables in {Path.Combine(_folder, "damaged")} cannot be opened",
            failed.Message,
            StringComparison.Ordinal);
        Assert.Contains("delete the state folder to start afresh", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("    at ", failed.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int IdOf(EmulatedStack stack) => int.Parse(
        Path.GetFileName(
            Directory.GetFiles(Path.Combine(stack.Folder, "state", "processes"))
                .Single()), CultureInfo.InvariantCulture);

    private static async Task<bool> IsThereAsync(AmazonDynamoDBClient client, Dictionary<string, AttributeValue> key)
    {
        try
        {
            return (await client.GetItemAsync("results", key)).Item.Count > 0;
        }
        catch (AmazonDynamoDBException e)
        {
            Assert.Equal((500, "InternalServerError"), ((int)e.StatusCode, e.ErrorCode));
            return false;
        }
    }

    private async Task<DynaliteProcess> StartAsync(string tables)
    {
        var installer = new DynaliteInstaller(new Activity(TimeProvider.System));
        var start = new ProcessStartInfo("node", ["server.js", Path.Combine(_folder, tables)])
        {
            WorkingDirectory = await installer.FindAsync(CancellationToken.None),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return await DynaliteProcess.StartAsync(
            start, new ProcessLedger(Path.Combine(_folder, "ledger")), CancellationToken.None);
    }
}
