FROM python:3.11-slim
RUN useradd --create-home diurna
WORKDIR /srv/diurna
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY ingest ingest
COPY app app
COPY bench bench
RUN pip install --no-cache-dir ".[cypher]"
USER diurna
WORKDIR /home/diurna
RUN mkdir data
ENV DIURNA_STORE=sqlite:////home/diurna/data/diurna.db
VOLUME /home/diurna/data
EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=5 \
  CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"
CMD ["diurna", "app", "--host", "0.0.0.0", "--port", "8501"]
