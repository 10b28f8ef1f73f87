using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Jobs.Core.Definitions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Analyzers;

/// <summary>
/// Says while an author types what synthesis would say of a job's declaration. What only the whole stack shows stays
/// synthesis's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Diagnostics.Declaration, Diagnostics.Rule, Diagnostics.Together];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Jobs.IJob`2") is null) return;
            var jobs = new ConcurrentDictionary<INamedTypeSymbol, JobDefinition>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(
                symbol => Guarded(() => Check((INamedTypeSymbol)symbol.Symbol, jobs, symbol.ReportDiagnostic)),
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Guarded(() => CheckTogether(jobs, end.ReportDiagnostic)));
        });
    }

    private static void Check(
        INamedTypeSymbol symbol, ConcurrentDictionary<INamedTypeSymbol, JobDefinition> jobs, Action<Diagnostic> report)
    {
        if (symbol.TypeKind != TypeKind.Class) return;
        var declared = new DeclaredClass(symbol);
        var (definition, errors) = declared.Judge();
        if (definition is not null) jobs[symbol] = definition;
        var kind = definition is null ? Diagnostics.Declaration : Diagnostics.Rule;
        foreach (var error in errors) report(Diagnostic.Create(kind, declared.Locate(error, errors), error));
    }

    private static void CheckTogether(
        ConcurrentDictionary<INamedTypeSymbol, JobDefinition> jobs, Action<Diagnostic> report)
    {
        foreach (var error in DefinitionRules.CheckTogether(
            [.. jobs.Values.OrderBy(job => job.Name, StringComparer.Ordinal)]))
        {
            foreach (var job in jobs.Where(job => job.Value.Name == error.Job))
            {
                report(Diagnostic.Create(Diagnostics.Together, job.Key.Locations[0], error));
            }
        }
    }

    /// <summary>
    /// In synthesis's culture; and a fault of ours, or code that does not compile yet, says nothing: synthesis does.
    /// </summary>
    private static void Guarded(Action check)
    {
#pragma warning disable RS1035 // The numbers in the sentences are to be synthesis's.
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            check();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
#pragma warning restore RS1035
    }
}
