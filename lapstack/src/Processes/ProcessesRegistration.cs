using Lapstack.Ground;
using Lapstack.State;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Processes;

internal static class ProcessesRegistration
{
    /// <summary>
    /// The ledger of this emulator's children, of which the first caller ends what an earlier emulator left running.
    /// </summary>
    public static IServiceCollection AddProcesses(this IServiceCollection services) =>
        services.AddSingleton<RoomOnDisk>().AddSingleton(Ledger);

    private static ProcessLedger Ledger(IServiceProvider provider)
    {
        var ledger = new ProcessLedger(provider.GetRequiredService<StateFolder>().For("processes").Folder);
        var reaped = ledger.ReapLeftovers();
        if (reaped > 0)
            provider.GetRequiredService<Activity>().Report(
                "Processes", "Reaped", $"Ended {reaped} functions or tasks that an earlier emulator left running.");
        return ledger;
    }
}
