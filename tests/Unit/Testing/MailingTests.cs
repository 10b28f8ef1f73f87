namespace Jobs.Tests.Unit.Testing;

public sealed class MailingTests
{
    [Fact]
    public async Task Interrupted_mailing_goes_on_where_it_was()
    {
        var env = new JobTestEnvironment { Objects = { ["mailings/a.txt"] = "Ada\nBlaise\nCarl\n" } };
        var upload = env.Upload("mailings/a.txt");
        env.InterruptAt(0.5);                                             // when the job reports that much progress
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => env.RunAsync(new Mailing(), upload));
        Assert.Equal(2, env.Checkpoint<int>());

        Assert.Equal(3, (await env.RunAsync(new Mailing(), upload)).Letters);
    }

    [Fact]
    public async Task Letters_that_an_earlier_attempt_sent_are_not_sent_again()
    {
        var env = new JobTestEnvironment { Objects = { ["mailings/a.txt"] = "Ada\nBlaise\nCarl\n" } };
        env.SetCheckpoint(2);
        var mailing = new Mailing();

        await env.RunAsync(mailing, env.Upload("mailings/a.txt"));

        Assert.Equal(["Carl"], mailing.Posted);
    }
}
