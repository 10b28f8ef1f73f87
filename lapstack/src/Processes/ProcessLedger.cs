using System.Globalization;

namespace Lapstack.Processes;

/// <summary>
/// Remembers running children on disk, so that those which outlived a killed emulator are ended at its next start.
/// A recycled process id is never killed: the entry holds the identity of the process it was written for.
/// </summary>
public sealed class ProcessLedger
{
    private readonly string _folder;

    public ProcessLedger(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Ends what an earlier emulator left running.</summary>
    /// <returns>How many process groups were killed.</returns>
    public int ReapLeftovers()
    {
        var reaped = 0;
        foreach (var entry in Directory.GetFiles(_folder))
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture,
                out var processId)
                && Platform.Current.Identity(processId) is { } identity
                && identity == File.ReadAllText(entry))
            {
                Platform.Current.EndLeftover(processId);
                reaped++;
            }
            File.Delete(entry);
        }
        return reaped;
    }

    /// <summary>Kills what it cannot remember, as on a full disk: that might outlive the emulator.</summary>
    internal void Add(int processId, IProcessGroup group)
    {
        try
        {
            if (Platform.Current.Identity(processId) is { } identity) File.WriteAllText(Entry(processId), identity);
        }
        catch
        {
            group.Kill();
            throw;
        }
    }

    internal void Remove(int processId) => File.Delete(Entry(processId));

    private string Entry(int processId) => Path.Combine(_folder, processId.ToString(CultureInfo.InvariantCulture));
}
