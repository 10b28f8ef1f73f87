using Jobs.Core.Runs;

namespace Jobs.Core.Alerts;

/// <summary>What an e-mail says about one run.</summary>
/// <param name="Upload">What it was started by; null when that was no upload.</param>
/// <param name="Attempts">Those that have ended without success, oldest first.</param>
public sealed record RunDossier(RunReading Reading, Upload? Upload, IReadOnlyList<Attempt> Attempts)
{
    public Run Run => Reading.Run;
}
