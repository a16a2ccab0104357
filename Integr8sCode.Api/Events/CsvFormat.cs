using System.Buffers;
using System.Globalization;
using System.Text;

namespace Integr8sCode.Events;

/// <summary>RFC 4180, every cell quoted. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
internal sealed class CsvFormat : IEventFormat
{
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n");

    public string ContentType => "text/csv; charset=utf-8; header=present";

    public string Extension => "csv";

    public void WriteHead(IBufferWriter<byte> file) => WriteRow(
        file, "event_id", "type", "version", "time", "execution_id", "sequence", "correlation_id", "user_id", "service", "data");

    public void Write(IBufferWriter<byte> file, Event recorded) => WriteRow(
        file,
        recorded.EventId.ToString(),
        recorded.Type,
        recorded.Version.ToString(CultureInfo.InvariantCulture),
        recorded.Time.ToString("O", CultureInfo.InvariantCulture),
        recorded.ExecutionId.ToString(),
        recorded.Sequence.ToString(CultureInfo.InvariantCulture),
        recorded.CorrelationId,
        recorded.UserId,
        recorded.Service,
        recorded.Data.GetRawText());

    public static string Cell(string text)
    {
        var quote = text.Length > 0 && FormulaStarts.Contains(text[0]) ? "\"'" : "\"";
        return $"{quote}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static void WriteRow(IBufferWriter<byte> file, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            Encoding.UTF8.GetBytes(Cell(cells[i]), file);
            file.Write(i < cells.Length - 1 ? ","u8 : "\r\n"u8);
        }
    }
}
