namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>Killed at any moment: what was accepted is there, ends once, and says what happened.</summary>
public sealed class TortureTests
{
    [LinuxFact]
    public async Task Laptop_whose_processes_are_killed_at_random_under_every_fault_ends_each_upload_once()
    {
        var settings = TortureSettings.Read();
#pragma warning disable RS0030 // Seeded here, where it is made.
        var chance = new Random(settings.Seed);
#pragma warning restore RS0030
        var laptop = await TorturedLaptop.StartAsync(chance);
        TortureReport report;
        await using (laptop)
        {
            using var stack = await StackClients.OfAsync(laptop.Endpoint);
            report = await new TortureRound(laptop, stack, settings, chance, TimeProvider.System).RunAsync();
        }

        if (settings.Report is { } file) await File.WriteAllTextAsync(file, $"{report}\n");
        Assert.True(report.Faults.Count == 0, $"{report}\nWhat the laptop said is in {laptop.Log}.");
        Directory.Delete(laptop.Folder, recursive: true);
    }
}
